from sabir.kernel.public import Room


class LawConfig(Room):
    name = "sabir.law"
    label = "law"
