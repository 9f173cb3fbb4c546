from sabir.kernel.public import Room


class NoticesConfig(Room):
    name = "sabir.notices"
    label = "notices"
