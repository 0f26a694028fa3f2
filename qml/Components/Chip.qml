import QtQuick
import QtQuick.Templates as T
import Marea

T.AbstractButton {
    id: chip
    property string iconName: ""
    property bool chevron: false

    implicitHeight: Theme.target
    implicitWidth: Math.ceil(words.implicitWidth) + 28 + (iconName !== "" ? 22 : 0) + (chevron ? 22 : 0)
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    Accessible.role: checkable ? Accessible.CheckBox : Accessible.Button
    Accessible.name: text
    Accessible.checkable: checkable
    Accessible.checked: checked
    Accessible.onPressAction: clicked()
    Accessible.onToggleAction: toggle()
    function press() { if (checkable) toggle(); clicked() }   // click() is of Qt 6.8
    Keys.onReturnPressed: press()
    Keys.onEnterPressed: press()

    readonly property color ink: checked ? Theme.accentInk : Theme.text
    background: Rectangle {
        radius: height / 2
        color: chip.checked ? Theme.accent : chip.hovered || chip.down ? Theme.pressed : Theme.control
        Behavior on color { ColorAnimation { duration: Theme.quick } }
        FocusRing { shown: chip.visualFocus; radius: height / 2 }
    }
    contentItem: Item {
        Row {
            anchors.centerIn: parent
            spacing: 6
            Icon { visible: chip.iconName !== ""; name: chip.iconName; size: 16; color: chip.ink; anchors.verticalCenter: parent.verticalCenter }
            Label { id: words; width: Math.min(implicitWidth, chip.width - 28 - (chip.iconName !== "" ? 22 : 0) - (chip.chevron ? 22 : 0)); text: chip.text; color: chip.ink; weight: Font.Medium; anchors.verticalCenter: parent.verticalCenter }
            Icon { visible: chip.chevron; name: "chevron-down"; size: 16; color: chip.ink; anchors.verticalCenter: parent.verticalCenter }
        }
    }
}
