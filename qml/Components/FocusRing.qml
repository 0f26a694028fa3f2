import QtQuick
import Marea

// The 2 px ring around what the keyboard is on, while somebody uses it. Fill the control with it and bind `shown`.
Rectangle {
    property bool shown: false
    property int offset: 3

    anchors.fill: parent
    anchors.margins: -offset
    visible: shown && Theme.keyboard
    color: "transparent"
    radius: Theme.radiusControl + offset
    border.width: Theme.focusWidth
    border.color: Theme.accent
}
