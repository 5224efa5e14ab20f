"""What a charter is made of: the nouns that every other module speaks of."""

from charterpress.model.charter import (
    BEHAVIOUR_LISTS,
    NO_CONTACT,
    OPTIONAL_LISTS,
    TEXT_LISTS,
    Behaviour,
    Charter,
    Contact,
    Interval,
    Principle,
    Reporting,
    Section,
    SectionShape,
    Theme,
)
from charterpress.model.edition import Edition, once_per_edition
from charterpress.model.files import (
    MAX_FILE_BYTES,
    MAX_LINKS_BYTES,
    MAX_RELEASE_BYTES,
    MAX_SUMS_BYTES,
    MAX_TIME_STAMP_BYTES,
    MAX_TRANSLATION_BYTES,
    Block,
    Document,
    Entry,
    EntryKind,
    Fault,
    Link,
    Mapping,
    Node,
    Part,
    Role,
    Scalar,
    Sequence,
)
from charterpress.model.findings import Finding, Rule, Severity, Violation
from charterpress.model.pages import Crumb, Page
from charterpress.model.register import (
    Answer,
    PrincipleReport,
    Registered,
    Report,
    Reported,
    ReportPeriod,
    ReportStanding,
    SeenLink,
    Signatory,
    Signature,
    Standing,
    Withdrawal,
)
from charterpress.model.translations import (
    DEFAULT_LANGUAGE,
    Foreign,
    FrozenTranslation,
    LanguageStanding,
    MixedText,
    Passage,
    Translation,
    TranslationEntry,
    Unit,
)
from charterpress.model.versions import (
    Change,
    ChangeNote,
    Class,
    Erratum,
    Kind,
    Reference,
    Release,
    Retired,
    TimeStamp,
    TranslationReference,
)
