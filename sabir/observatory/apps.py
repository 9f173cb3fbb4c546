from sabir.kernel.public import Room


class ObservatoryConfig(Room):
    name = "sabir.observatory"
    label = "observatory"
