import QtQuick
import QtQuick.Templates as T
import Marea

// A button with only an icon. `text` is its name for the tooltip and for screen readers.
T.AbstractButton {
    id: button
    required property string iconName
    property color color: Theme.text
    property color hoverColor: Theme.hover
    property int iconSize: Theme.icon
    property bool round: false
    property bool filled: false
    property bool solid: false   // the icon's shape, not the button
    property string shortcut: ""
    property bool used: false    // pressed under this pointer: whoever presses knows what it does, and a menu may be open
    onPressed: used = true
    onHoveredChanged: if (!hovered) used = false

    implicitWidth: Math.max(Theme.target, iconSize + 16)
    implicitHeight: implicitWidth
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    opacity: enabled ? 1 : 0.4
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.onPressAction: clicked()
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()

    background: Rectangle {
        radius: button.round ? width / 2 : Theme.radiusControl
        color: button.filled ? (button.hovered ? Qt.lighter(Theme.accent, 1.08) : Theme.accent)
             : button.hovered || button.down ? button.hoverColor : "transparent"
        FocusRing {
            shown: button.visualFocus
            offset: button.filled ? 3 : 0
            radius: button.round ? width / 2 : Theme.radiusControl + offset
        }
    }
    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            name: button.iconName
            size: button.iconSize
            solid: button.solid
            color: button.filled ? Theme.accentInk : button.checked ? Theme.accent : button.color
        }
    }
    Loader {
        active: (button.hovered && !button.used) || button.visualFocus
        anchors.fill: parent
        sourceComponent: Tip {
            visible: true  // lives only while the loader wants it; a condition of its own is asked once more as it goes
            text: button.shortcut === "" ? button.text : button.text + "  (" + button.shortcut + ")"
        }
    }
}
