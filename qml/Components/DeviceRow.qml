import QtQuick
import QtQuick.Templates as T
import Marea

// One device of the list.
T.ItemDelegate {
    id: row
    required property int index
    required property string key
    required property string name
    required property string iconName
    required property bool present
    required property string detail
    required property bool syncing
    readonly property bool ringed: ListView.isCurrentItem && ListView.view.activeFocus
    readonly property bool forgettable: !present && !syncing
    signal forgotten(Item back)

    implicitHeight: 72
    hoverEnabled: true
    focusPolicy: Qt.NoFocus
    Accessible.role: Accessible.ListItem
    Accessible.name: detail === "" ? name : name + ", " + detail
    Accessible.onPressAction: clicked()
    background: Rectangle {
        radius: Theme.radiusCard
        color: row.hovered ? Theme.hover : "transparent"
        FocusRing { shown: row.ringed; offset: 0; radius: Theme.radiusCard }
    }
    Rectangle {
        id: plate
        x: 8
        anchors.verticalCenter: parent.verticalCenter
        width: 48; height: 48; radius: 24
        color: Theme.control
        Icon { anchors.centerIn: parent; name: row.iconName; color: row.present ? Theme.accent : Theme.secondary }
    }
    Column {
        anchors { left: plate.right; leftMargin: 16; right: end.left; rightMargin: 12; verticalCenter: parent.verticalCenter }
        spacing: 2
        Label { width: parent.width; text: row.name; weight: Font.Medium; font.pixelSize: Theme.body; color: row.present ? Theme.text : Theme.secondary }
        Label { width: parent.width; visible: text !== ""; text: row.detail; color: Theme.secondary }
    }
    Row {
        id: end
        anchors { right: parent.right; rightMargin: 8; verticalCenter: parent.verticalCenter }
        IconButton { id: gone; visible: row.forgettable; focusPolicy: Qt.NoFocus; iconName: "trash-2"; color: Theme.secondary; text: qsTr("Forget %1").arg(row.name); onClicked: row.forgotten(gone) }
    }
}
