"""Who works in the demo, and how they sign in."""

from crm_project.demo.script import Person
from organizations.roles import Role

PASSWORD = "try-kontor-today"  # public: whoever reads this can sign in
OPERATOR_EMAIL = "operator@kontor.example"
OPERATOR_NAME = "Kim Operator"


def _nordwind(name: str, email: str, role: Role) -> Person:
    return Person(name, email, role, locale="en", time_zone="Europe/Berlin")


def _alatau(name: str, email: str, role: Role) -> Person:
    return Person(name, email, role, locale="ru", time_zone="Asia/Almaty")


NORDWIND = [
    _nordwind("Ingrid Halvorsen", "ingrid@nordwind.example", Role.OWNER),
    _nordwind("Tomás Herrera", "tomas@nordwind.example", Role.ADMIN),
    _nordwind("Anna Weber", "anna@nordwind.example", Role.MANAGER),
    _nordwind("Claire Dubois", "claire@nordwind.example", Role.MANAGER),
    _nordwind("Lukas Brandt", "lukas@nordwind.example", Role.MEMBER),
    _nordwind("Sofia Rossi", "sofia@nordwind.example", Role.MEMBER),
    _nordwind("Mikkel Sørensen", "mikkel@nordwind.example", Role.MEMBER),
    _nordwind("Emma de Vries", "emma@nordwind.example", Role.MEMBER),
]
ALATAU = [
    _alatau("Айгуль Сатпаева", "aigul@alatau.example", Role.OWNER),
    _alatau("Дмитрий Орлов", "dmitry@alatau.example", Role.ADMIN),
    _alatau("Ержан Касымов", "erzhan@alatau.example", Role.MANAGER),
    _alatau("Наталья Ким", "natalya@alatau.example", Role.MEMBER),
    _alatau("Руслан Ахметов", "ruslan@alatau.example", Role.MEMBER),
    _nordwind("Anna Weber", "anna@nordwind.example", Role.MEMBER),
]
