from sabir.kernel.public import Room


class FieldConfig(Room):
    name = "sabir.field"
    label = "field"
