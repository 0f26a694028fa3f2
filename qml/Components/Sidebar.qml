import QtQuick
import Marea
import Marea.App

FocusScope {
    id: bar
    required property Navigator navigator
    required property var entries
    property bool compact: false
    signal filesWanted()

    Rectangle { anchors.fill: parent; color: Theme.surface }
    Rectangle { width: 1; height: parent.height; anchors.right: parent.right; color: Theme.line; visible: !Theme.dark }

    Item {
        id: brand
        width: parent.width
        height: 64
        Logo { id: mark; x: bar.compact ? (parent.width - width) / 2 : 20; anchors.verticalCenter: parent.verticalCenter }
        Label {
            visible: !bar.compact
            anchors { left: mark.right; leftMargin: 10; verticalCenter: parent.verticalCenter }
            text: "Marea"
            font.pixelSize: Theme.heading
            font.letterSpacing: -0.2
            weight: Font.DemiBold
        }
    }
    Column {
        anchors { top: brand.bottom; topMargin: 8; left: parent.left; right: parent.right; margins: 8 }
        spacing: 4
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Sections")
        Repeater {
            model: bar.entries
            NavItem {
                required property var modelData
                width: parent.width
                text: modelData.text
                iconName: modelData.icon
                compact: bar.compact
                current: bar.navigator.section === modelData.page
                onClicked: bar.navigator.go(modelData.page)
            }
        }
    }
    NavItem {
        anchors { bottom: parent.bottom; left: parent.left; right: parent.right; margins: 8 }
        text: qsTr("Open file…")
        iconName: "folder-open"
        compact: bar.compact
        onClicked: bar.filesWanted()
    }
}
