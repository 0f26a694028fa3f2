import QtQuick
import Marea
import Marea.App

FocusScope {
    id: bar
    required property Navigator navigator
    required property var entries
    required property PlaylistsModel playlists
    required property DevicesViewModel devices
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
        id: sections
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
                badge: modelData.badge ?? 0
                current: bar.navigator.section === modelData.page
                onClicked: bar.navigator.go(modelData.page)
            }
        }
        Repeater {
            model: bar.compact ? null : bar.devices
            DeviceNavItem {
                width: parent.width
                current: bar.navigator.page === "device" && bar.navigator.arguments.deviceKey === key
                onClicked: bar.navigator.go("device", {deviceKey: key})
                onTaken: (media) => bar.devices.device(key).addTitles(media)
            }
        }
    }
    ListView {
        anchors { top: sections.bottom; topMargin: 12; bottom: files.top; bottomMargin: 8; left: parent.left; right: parent.right; leftMargin: 8; rightMargin: 8 }
        visible: !bar.compact
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        model: bar.playlists
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Playlists")
        delegate: PlaylistNavItem {
            width: ListView.view.width
            current: bar.navigator.page === "playlist" && bar.navigator.arguments.playlistId === playlistId
            onClicked: bar.navigator.go("playlist", {playlistId: playlistId})
            onTaken: (media) => bar.playlists.add(playlistId, media)
        }
    }
    NavItem {
        id: files
        anchors { bottom: parent.bottom; left: parent.left; right: parent.right; margins: 8 }
        text: qsTr("Open file…")
        iconName: "folder-open"
        compact: bar.compact
        onClicked: bar.filesWanted()
    }
}
