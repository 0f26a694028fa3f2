import QtQuick
import Marea

// One of several, as chips: {value, text, icon}.
Flow {
    id: choice
    property var options: []
    property var value: ""
    signal picked(var value)
    spacing: 8
    Repeater {
        model: choice.options
        Chip {
            required property var modelData
            text: modelData.text
            iconName: modelData.icon ?? ""
            checkable: true
            checked: choice.value === modelData.value
            onClicked: { choice.picked(modelData.value); checked = Qt.binding(() => choice.value === modelData.value) }
        }
    }
}
