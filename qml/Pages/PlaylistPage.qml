import QtQuick
import QtQuick.Dialogs
import Marea
import Marea.App

// One playlist.
FocusScope {
    id: page
    required property AppContext app
    required property string playlistId
    property bool narrow: false
    readonly property PlaylistViewModel playlist: app.playlist(playlistId)
    readonly property int side: narrow ? Theme.marginNarrow : Theme.margin

    Connections {
        target: page.app.playlists
        function onRemoved(id) { if (id === page.playlistId) page.app.navigator.go("playlists") }
    }
    Loader { id: edit; active: false; sourceComponent: PlaylistSheet { app: page.app; playlist: page.playlist } }
    Loader { id: rules; active: false; sourceComponent: SmartSheet { app: page.app; playlist: page.playlist } }
    Loader {
        id: exporter
        active: false
        property string format: "m3u8"
        sourceComponent: FileDialog {
            title: qsTr("Export the playlist")
            fileMode: FileDialog.SaveFile
            defaultSuffix: exporter.format
            nameFilters: [exporter.format === "xspf" ? "XSPF (*.xspf)" : "M3U8 (*.m3u8)"]
            onAccepted: page.playlist.exportTo(selectedFile)
        }
    }
    function act(value) {
        if (value === "edit") { edit.active = true; edit.item.ask(page) }
        else if (value === "rules") { rules.active = true; rules.item.ask(page) }
        else if (value === "delete") page.app.playlists.remove(page.playlistId)
        else { exporter.format = value; exporter.active = true; exporter.item.open() }
    }

    EntryList {
        anchors.fill: parent
        visible: page.playlist.name !== ""
        focus: true
        app: page.app
        playlist: page.playlist
        sideMargin: page.side
        header: Item {
            width: ListView.view ? ListView.view.width : 0
            height: words.y + words.height + 24
            Mosaic {
                id: mark
                visible: !page.narrow
                y: 16
                width: 148; height: 148
                pictures: page.playlist.covers
                fallback: page.playlist.smart ? "sparkles" : "list-music"
            }
            Column {
                id: words
                x: page.narrow ? 0 : mark.width + 32
                y: page.narrow ? 8 : Math.max(16, mark.y + mark.height - height)
                width: parent.width - x
                spacing: 8
                Label { text: page.playlist.smart ? qsTr("Smart playlist") : qsTr("Playlist"); color: Theme.secondary; weight: Font.Medium; font.pixelSize: Theme.tiny }
                Label { width: parent.width; text: page.playlist.name; font.pixelSize: page.narrow ? Theme.title : Theme.display; font.letterSpacing: -0.8; weight: Font.DemiBold; wrapMode: Text.Wrap; maximumLineCount: 2; Accessible.role: Accessible.Heading; Accessible.name: text }
                Label { width: parent.width; text: page.playlist.facts; color: Theme.secondary }
                Label { width: Math.min(parent.width, 720); visible: text !== ""; text: page.playlist.description; wrapMode: Text.Wrap; maximumLineCount: 4 }
                Flow {
                    width: parent.width
                    spacing: 8
                    topPadding: 6
                    AppButton { primary: true; height: 44; leftPadding: 20; rightPadding: 24; iconName: "play"; text: qsTr("Play"); enabled: page.playlist.entries.count > 0; onClicked: page.app.playFrom(page.playlist.entries, 0) }
                    AppButton { height: 44; iconName: "shuffle"; text: qsTr("Shuffle"); enabled: page.playlist.entries.count > 1; onClicked: page.app.playShuffled(page.playlist.entries) }
                    IconButton { width: 44; height: 44; iconName: "list-plus"; text: qsTr("Add to the queue"); enabled: page.playlist.entries.count > 0; onClicked: page.app.enqueue(page.playlist.entries) }
                    IconButton { width: 44; height: 44; visible: page.playlist.own; iconName: "pencil"; text: qsTr("Edit playlist"); onClicked: page.act("edit") }
                    IconButton { id: moreButton; width: 44; height: 44; iconName: "ellipsis"; text: qsTr("More"); onClicked: more.openAt(moreButton, false) }
                }
            }
            ChoiceMenu {
                id: more
                implicitWidth: 240
                choices: (page.playlist.own && page.playlist.smart ? [{text: qsTr("Edit the rules…"), icon: "sparkles", value: "rules"}] : [])
                    .concat([{text: qsTr("Export as M3U8…"), icon: "upload", value: "m3u8"}, {text: qsTr("Export as XSPF…"), icon: "upload", value: "xspf"}])
                    .concat(page.playlist.own ? [{text: qsTr("Delete"), icon: "trash-2", value: "delete"}] : [])
                onChosen: (value) => page.act(value)
            }
        }
    }
    EmptyState {
        anchors.fill: parent
        visible: page.playlist.failed && page.playlist.name === ""
        failed: true
        iconName: "circle-alert"
        text: page.playlist.errorText
        actionText: qsTr("Try again")
        onAction: page.playlist.reload()
    }
}
