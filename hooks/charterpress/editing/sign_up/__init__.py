"""Filled-in forms to sign → the files of those who signed, or what has to be mended first."""

from charterpress.editing.sign_up.fields import FIELDS as FIELDS
from charterpress.editing.sign_up.fields import Form as Form
from charterpress.editing.sign_up.fields import Reason as Reason
from charterpress.editing.sign_up.fields import Request as Request
from charterpress.editing.sign_up.read_forms import KINDS as KINDS
from charterpress.editing.sign_up.read_forms import MAX_MAILBOX_BYTES as MAX_MAILBOX_BYTES
from charterpress.editing.sign_up.read_forms import MAX_UPLOAD_BYTES as MAX_UPLOAD_BYTES
from charterpress.editing.sign_up.read_forms import SUFFIXES as SUFFIXES
from charterpress.editing.sign_up.read_forms import Options as Options
from charterpress.editing.sign_up.read_forms import Reading as Reading
from charterpress.editing.sign_up.read_forms import is_issue_form as is_issue_form
from charterpress.editing.sign_up.read_forms import issue_language as issue_language
from charterpress.editing.sign_up.read_forms import read_folder as read_folder
from charterpress.editing.sign_up.read_forms import read_forms as read_forms
from charterpress.editing.sign_up.verdicts import WRITTEN as WRITTEN
from charterpress.editing.sign_up.verdicts import Outcome as Outcome
from charterpress.editing.sign_up.verdicts import Verdict as Verdict
from charterpress.editing.sign_up.verdicts import judge_forms as judge_forms
