import QtQuick
import QtQuick.Templates as T
import Marea

// On or off. While it cannot be changed, `text` says why beside it.
T.AbstractButton {
    id: control
    implicitHeight: Theme.target
    implicitWidth: track.width + (words.visible ? words.implicitWidth + 12 : 0)
    hoverEnabled: true
    checkable: true
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.CheckBox
    Accessible.name: text
    Accessible.checkable: true
    Accessible.checked: checked
    Accessible.onPressAction: press()
    Accessible.onToggleAction: press()
    function press() { toggle(); clicked() }
    Keys.onReturnPressed: press()
    Keys.onEnterPressed: press()

    contentItem: Item {
        Label {
            id: words
            visible: !control.enabled && text !== ""
            anchors { right: track.left; rightMargin: 12; verticalCenter: parent.verticalCenter }
            text: control.text
            color: Theme.secondary
        }
        Rectangle {
            id: track
            anchors { right: parent.right; verticalCenter: parent.verticalCenter }
            width: 44; height: 24; radius: 12
            opacity: control.enabled ? 1 : 0.5
            color: control.checked ? Theme.accent : control.hovered || control.down ? Theme.pressed : Theme.control
            border.width: control.checked ? 0 : 1
            border.color: Theme.secondary
            Behavior on color { ColorAnimation { duration: Theme.quick } }
            Rectangle {
                x: control.checked ? parent.width - width - 4 : 4
                anchors.verticalCenter: parent.verticalCenter
                width: 16; height: 16; radius: 8
                color: control.checked ? Theme.accentInk : Theme.secondary
                Behavior on x { NumberAnimation { duration: Theme.quick; easing.type: Easing.OutQuad } }
            }
            FocusRing { shown: control.visualFocus; radius: 12 + offset }
        }
    }
}
