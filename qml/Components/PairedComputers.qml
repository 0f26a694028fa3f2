import QtQuick
import Marea
import Marea.App

// The computers that this one syncs with, and the way to another.
Column {
    id: section
    required property AppContext app
    readonly property PeersViewModel peers: app.peers
    spacing: 8
    function pair() { sheet.active = true; peers.beginPairing(); sheet.item.show(another) }
    Label { topPadding: 24; text: qsTr("Computers"); font.pixelSize: Theme.heading; weight: Font.DemiBold; Accessible.role: Accessible.Heading; Accessible.name: text }
    Label { width: parent.width; visible: section.peers.paired.length === 0; text: qsTr("Ratings, plays and playlists can be the same on several computers of yours, without a server between them."); color: Theme.secondary; wrapMode: Text.Wrap; elide: Text.ElideNone }
    Label { width: parent.width; visible: section.peers.paired.length > 0 && !section.peers.on; text: qsTr("Syncing with other computers is off. It is turned on in the settings."); color: Theme.secondary; wrapMode: Text.Wrap; elide: Text.ElideNone }
    Label { width: parent.width; visible: text !== ""; text: section.peers.errorText; color: Theme.error; wrapMode: Text.Wrap; elide: Text.ElideNone; Accessible.role: Accessible.AlertMessage; Accessible.name: text }
    Column {
        width: parent.width
        Repeater {
            model: section.peers.paired.length   // they stay, with the keyboard on them, when one changes
            PeerRow {
                required property int index
                readonly property var entry: section.peers.paired[index] ?? {id: "", name: "", statusText: "", errorText: ""}
                width: section.width
                name: entry.name
                statusText: entry.statusText
                errorText: entry.errorText
                onClicked: section.app.navigator.go("peer", {peerId: entry.id})
            }
        }
    }
    function takeLink() {
        if (section.peers.linkText === "" || !section.peers.possible || section.peers.step !== "") return
        sheet.active = true
        peers.beginByLink()
        sheet.item.show(another)
    }
    Component.onCompleted: takeLink()
    Connections { target: section.peers; function onLinkGiven() { section.takeLink() } }
    AppButton {
        id: another
        iconName: "plus"
        text: qsTr("Pair another computer")
        enabled: section.peers.possible
        onClicked: section.pair()
    }
    Loader { id: sheet; active: false; sourceComponent: PairSheet { peers: section.peers } }
}
