import QtQuick
import Marea
import Marea.App

// Whether this computer syncs with others.
Column {
    id: section
    required property AppContext app
    property string query: ""
    readonly property PeersViewModel peers: app.peers
    Setting {
        query: section.query
        title: qsTr("Sync with other computers")
        explanation: qsTr("Ratings, plays and playlists, with computers that you pair under Devices. Nobody else is let in.")
        Switch {
            checked: section.peers.on
            enabled: !section.peers.busy
            text: qsTr("One moment…")
            Accessible.name: qsTr("Sync with other computers")
            onClicked: { section.peers.setOn(checked); checked = Qt.binding(() => section.peers.on) }
        }
    }
    Setting {
        query: section.query
        wanted: section.peers.on
        title: qsTr("Computers")
        explanation: qsTr("Which ones, what they may see, and when they synced.")
        AppButton { text: qsTr("Pair and manage"); onClicked: section.app.navigator.go("devices") }
    }
    Label { visible: text !== ""; width: parent.width; text: section.peers.errorText; color: Theme.error; wrapMode: Text.Wrap; elide: Text.ElideNone; Accessible.role: Accessible.AlertMessage; Accessible.name: text }
}
