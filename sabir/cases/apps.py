from sabir.kernel.public import Room


class CasesConfig(Room):
    name = "sabir.cases"
    label = "cases"
