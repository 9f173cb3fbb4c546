from sabir.kernel.public import Room


class RightsConfig(Room):
    name = "sabir.rights"
    label = "rights"
