import QtQuick
import Marea

// One thing of a list in the settings: an icon, its name, a line below, how far it is, and what can be done with it.
Item {
    id: row
    property string iconName: ""
    property string title: ""
    property string detail: ""
    property bool bad: false
    property double progress: -1   // 0 to 1
    default property alias actions: buttons.data
    width: parent ? parent.width : 0
    height: progress >= 0 ? 64 : 56
    Accessible.role: Accessible.ListItem
    Accessible.name: detail === "" ? title : title + ", " + detail
    Icon { id: mark; x: 4; anchors.verticalCenter: parent.verticalCenter; name: row.iconName; color: row.bad ? Theme.warning : Theme.secondary }
    Column {
        anchors { left: mark.right; leftMargin: 14; right: buttons.left; rightMargin: 12; verticalCenter: parent.verticalCenter }
        spacing: 2
        Label { width: parent.width; text: row.title; weight: Font.Medium }
        Label { width: parent.width; visible: text !== ""; text: row.detail; color: Theme.secondary; font.pixelSize: Theme.tiny; elide: Text.ElideMiddle }
        Rectangle {
            visible: row.progress >= 0
            width: Math.min(parent.width, 320); height: 3; radius: 2
            color: Theme.control
            Rectangle { width: parent.width * Math.max(0, Math.min(1, row.progress)); height: 3; radius: 2; color: Theme.accent }
        }
    }
    Row { id: buttons; anchors { right: parent.right; verticalCenter: parent.verticalCenter } spacing: 4 }
}
