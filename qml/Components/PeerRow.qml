import QtQuick
import QtQuick.Templates as T
import Marea

// One paired computer.
T.AbstractButton {
    id: row
    property string name: ""
    property string statusText: ""
    property string errorText: ""
    implicitHeight: 72
    leftInset: -8; rightInset: -8
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Button
    Accessible.name: row.name + ", " + (row.errorText !== "" ? row.errorText : row.statusText)
    Accessible.onPressAction: clicked()
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()
    background: Rectangle {
        radius: Theme.radiusCard
        color: row.hovered ? Theme.hover : "transparent"
        FocusRing { shown: row.visualFocus; offset: 0; radius: Theme.radiusCard }
    }
    contentItem: Item {
        Rectangle {
            id: plate
            anchors.verticalCenter: parent.verticalCenter
            width: 48; height: 48; radius: 24
            color: Theme.control
            Icon { anchors.centerIn: parent; name: "monitor"; color: Theme.accent }
        }
        Column {
            anchors { left: plate.right; leftMargin: 16; right: parent.right; rightMargin: 12; verticalCenter: parent.verticalCenter }
            spacing: 2
            Label { width: parent.width; text: row.name; weight: Font.Medium; font.pixelSize: Theme.body }
            Label { width: parent.width; text: row.errorText !== "" ? row.errorText : row.statusText; color: row.errorText !== "" ? Theme.warning : Theme.secondary }
        }
    }
}
