"""What a new charter is to be → every file of its repository, and a record of them."""

from charterpress.editing.starter.answers import Answers as Answers
from charterpress.editing.starter.answers import Host as Host
from charterpress.editing.starter.languages import are_unread as are_unread
from charterpress.editing.starter.languages import default_answers as default_answers
from charterpress.editing.starter.languages import has_first_words as has_first_words
from charterpress.editing.starter.record import RECORD as RECORD
from charterpress.editing.starter.record import Record as Record
from charterpress.editing.starter.record import read_record as read_record
from charterpress.editing.starter.repository import Package as Package
from charterpress.editing.starter.repository import starter_files as starter_files
