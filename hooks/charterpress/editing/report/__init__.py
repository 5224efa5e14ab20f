"""What an organisation says of how it kept its promise → a report in its entry."""

from charterpress.editing.report.assessment import LEVELS as LEVELS
from charterpress.editing.report.assessment import MAX_ASSESSMENT_BYTES as MAX_ASSESSMENT_BYTES
from charterpress.editing.report.assessment import NOTES as NOTES
from charterpress.editing.report.assessment import Assessed as Assessed
from charterpress.editing.report.assessment import Assessment as Assessment
from charterpress.editing.report.assessment import read_assessment as read_assessment
from charterpress.editing.report.compare import Subject as Subject
from charterpress.editing.report.compare import require_own as require_own
from charterpress.editing.report.compare import subjects as subjects
from charterpress.editing.report.entry import answer_item as answer_item
from charterpress.editing.report.entry import asks_reports as asks_reports
from charterpress.editing.report.entry import open_period as open_period
from charterpress.editing.report.entry import overlapping_report as overlapping_report
from charterpress.editing.report.entry import report_edits as report_edits
from charterpress.editing.report.entry import report_place as report_place
from charterpress.editing.report.entry import reported_version as reported_version
from charterpress.editing.report.entry import same_period as same_period
