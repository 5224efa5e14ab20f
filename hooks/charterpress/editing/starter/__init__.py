"""What a new charter is to be → every file of its repository, and a record of them."""

from charterpress.editing.starter.answers import Answers as Answers
from charterpress.editing.starter.answers import Host as Host
from charterpress.editing.starter.record import RECORD as RECORD
from charterpress.editing.starter.record import Record as Record
from charterpress.editing.starter.record import read_record as read_record
from charterpress.editing.starter.repository import Package as Package
from charterpress.editing.starter.repository import starter_files as starter_files
