from sabir.kernel.public import Room


class WebConfig(Room):
    name = "sabir.web"
    label = "web"
