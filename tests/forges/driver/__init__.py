"""Events → the runs that GitHub would start for them, in clean clones, with its own expression engine."""

from forges.driver.host import Host as Host
from forges.driver.host import RefusedError as RefusedError
from forges.driver.runner import Runner as Runner
