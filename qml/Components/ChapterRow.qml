import QtQuick
import QtQuick.Templates as T
import Marea

T.AbstractButton {
    id: row
    property int number: 0
    property string title: ""
    property string time: ""
    implicitHeight: 40
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    text: title
    Accessible.role: Accessible.Button
    Accessible.name: qsTr("Play from %1, %2").arg(title).arg(time)
    Accessible.onPressAction: clicked()
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()
    background: Rectangle {
        radius: Theme.radiusControl
        color: row.hovered ? Theme.hover : "transparent"
        FocusRing { shown: row.visualFocus; offset: 0 }
    }
    contentItem: Item {
        Label { id: lead; width: 28; x: 8; anchors.verticalCenter: parent.verticalCenter; text: row.number; color: Theme.secondary; visible: !row.hovered }
        Icon { x: 8; anchors.verticalCenter: parent.verticalCenter; name: "play"; size: 16; visible: row.hovered }
        Label { anchors { left: lead.right; leftMargin: 8; right: when.left; rightMargin: 12; verticalCenter: parent.verticalCenter } text: row.title }
        Label { id: when; anchors { right: parent.right; rightMargin: 12; verticalCenter: parent.verticalCenter } text: row.time; color: Theme.secondary; tabular: true }
    }
}
