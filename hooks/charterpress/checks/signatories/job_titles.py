"""Words that offices are made of, and what stands before people's names: what tells a role from a name.

Gathered from the signature lines of published pledges and registers in each language. A word that is missing
costs a warning, no more.
"""

from __future__ import annotations

_TITLES = """
    mr mrs ms miss mx dr prof professor sir dame lord lady rev revd reverend fr sr herr frau m mme mlle sra
    srta señor señora dott dottssa sig signor signora dhr mevr pan pani fru г-н г-жа
"""
_ENGLISH = """
    accountable accounting acting advisor adviser administration administrator affairs agent ambassador
    analyst assistant associate auditor bailiff bishop board body branch bursar business captain caretaker
    chair chairman chairperson chairwoman chancellor chaplain chief clerk clinical co co-chair co-ordinator
    coach collective commissioner committee communications community company compliance consultant
    controller convener convenor coordinator corporate council councillor county curator custodian customer
    data dean delegate delivery department deputy development digital director directorate directors
    diversity division ed engagement engineering equality estates events executive external facilitator
    faculty finance financial first founder founding founders fundraising general governance governing
    governor governors group guardian head headmaster headmistress headteacher health honorary housing human
    impact inclusion information innovation interim international joint keeper lead leader leadership
    learning legal librarian local manager management managing marketing master matron mayor media medical
    member members membership national network nurse nursing office officer operating operations organiser
    organizer outreach owner owners parish partner partners partnership partnerships pastor patron people
    performance permanent pharmacist policy portfolio practice presbyter president principal
    procurement programme program programmes project projects provost public quality ranger rector regional
    registrar relations representative research resources safeguarding school sciences second secretary
    section senior service services social sole spokesperson spokesman spokeswoman staff stakeholder state
    steward strategic strategy superintendent supervisor support sustainability teacher team technical
    technology town training treasurer trust trustee trustees under vice vicar volunteer volunteering
    volunteers warden wellbeing worker youth and of for the on behalf ceo cfo coo cto chro cio md gm
"""
_OTHERS = """
    directeur directrice général générale président présidente trésorier trésorière secrétaire responsable
    chef cheffe maire adjoint adjointe conseiller conseillère gérant gérante délégué déléguée administrateur
    geschäftsführer geschäftsführerin geschäftsführung geschäftsführender geschäftsführende vorstand
    vorständin vorsitzender vorsitzende vorstandsvorsitzender vorstandsvorsitzende leiter leiterin leitung
    bürgermeister bürgermeisterin präsident präsidentin schatzmeister schatzmeisterin direktor direktorin
    stellvertretender stellvertretende amtsleiter amtsleiterin sprecher sprecherin director directora
    presidente presidenta secretario secretaria tesorero tesorera gerente coordinador coordinadora alcalde
    alcaldesa ejecutivo ejecutiva consejero consejera patronato vicepresidente responsable presidência
    diretor diretora executivo executiva secretário secretária tesoureiro tesoureira coordenador
    coordenadora prefeito prefeita direttore direttrice generale presidentessa segretario segretaria
    tesoriere amministratore amministratrice delegato delegata sindaco sindaca legale rappresentante
    voorzitter directeur-bestuurder bestuurder bestuur penningmeester secretaris wethouder burgemeester
    algemeen ordförande verkställande direktör generalsekreterare kassör styrelse formand direktør
    borgmester leder daglig styreleder generalsekretær formaður framkvæmdastjóri puheenjohtaja
    toimitusjohtaja johtaja prezes zarządu dyrektor przewodniczący przewodnicząca skarbnik sekretarz
    burmistrz wójt kierownik zastępca ředitel ředitelka předseda předsedkyně starosta riaditeľ predseda
    igazgató elnök titkár vezető ügyvezető predsjednik predsednik direktorica tajnik župan președinte
    preşedinte primar kryetar drejtor председатель директор президент секретарь казначей руководитель
    генеральный исполнительный голова директорка керівник виконавчий председател управител изпълнителен
    председник градоначалник πρόεδρος διευθυντής διευθύντρια γραμματέας ταμίας δήμαρχος γενικός γενική
    başkan başkanı genel müdür müdürü yönetim kurulu sekreter sekreteri üyesi prif weithredwr weithredwraig
    cadeirydd cyfarwyddwr cyfarwyddwraig ysgrifennydd trysorydd rheolwr pennaeth cathaoirleach stiúrthóir
    rúnaí cisteoir príomhfheidhmeannach feidhmiúcháin ketua direktur bendahara sekretaris kepala pengarah
    pengerusi mwenyekiti mkurugenzi katibu giám đốc chủ tịch
"""
OFFICES = frozenset(f"{_ENGLISH} {_OTHERS}".split())
TITLES = frozenset(_TITLES.split())
