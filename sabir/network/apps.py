from sabir.kernel.public import Room


class NetworkConfig(Room):
    name = "sabir.network"
    label = "network"
