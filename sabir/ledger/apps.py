from sabir.kernel.public import Room


class LedgerConfig(Room):
    name = "sabir.ledger"
    label = "ledger"
