from sabir.kernel.public import Room


class VaultConfig(Room):
    name = "sabir.vault"
    label = "vault"
