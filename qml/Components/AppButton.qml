import QtQuick
import QtQuick.Templates as T
import Marea

// A button with words. One `primary` a page.
T.AbstractButton {
    id: button
    property string iconName: ""
    property bool primary: false
    property bool quiet: false
    property bool trailingChevron: false

    implicitHeight: 40
    readonly property real extras: (iconName !== "" ? 26 : 0) + (trailingChevron ? 24 : 0)
    implicitWidth: Math.ceil(words.implicitWidth) + extras + leftPadding + rightPadding
    leftPadding: 16
    rightPadding: 16
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    opacity: enabled ? 1 : 0.5
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.onPressAction: clicked()
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()

    readonly property color ink: primary ? Theme.accentInk : Theme.text
    background: Rectangle {
        radius: Theme.radiusControl
        color: button.primary ? (button.down ? Qt.darker(Theme.accent, 1.15) : button.hovered ? Qt.lighter(Theme.accent, 1.08) : Theme.accent)
             : button.down ? Theme.pressed : button.hovered ? (button.quiet ? Theme.hover : Theme.pressed)
             : button.quiet ? "transparent" : Theme.control
        Behavior on color { ColorAnimation { duration: Theme.quick } }
        FocusRing { shown: button.visualFocus }
    }
    contentItem: Item {
        Row {
            id: row
            anchors.centerIn: parent
            spacing: 8
            Icon {
                visible: button.iconName !== ""
                name: button.iconName
                color: button.ink
                size: 18
                anchors.verticalCenter: parent.verticalCenter
            }
            Label {
                id: words
                text: button.text
                color: button.ink
                weight: Font.Medium
                width: Math.min(Math.ceil(implicitWidth), Math.max(0, button.width - button.leftPadding - button.rightPadding - button.extras))
                anchors.verticalCenter: parent.verticalCenter
            }
            Icon {
                visible: button.trailingChevron
                name: "chevron-down"
                color: button.ink
                size: 16
                anchors.verticalCenter: parent.verticalCenter
            }
        }
    }
}
