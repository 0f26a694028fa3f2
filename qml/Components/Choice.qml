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
        model: choice.options.length   // they stay, with the keyboard on them, when one is picked
        Chip {
            required property int index
            readonly property var entry: choice.options[index] ?? {text: "", value: null}
            text: entry.text
            iconName: entry.icon ?? ""
            checkable: true
            checked: choice.value === entry.value
            onClicked: { choice.picked(entry.value); checked = Qt.binding(() => choice.value === entry.value) }
        }
    }
}
