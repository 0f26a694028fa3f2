import QtQuick
import Marea
import Marea.App

// Tracks below each other, virtual, with the keyboard. Enter plays, and what follows goes on.
FocusScope {
    id: list
    required property AppContext app
    required property MediaModel model
    property int sideMargin: Theme.margin
    property bool showArtwork: false
    property bool showArtist: true
    property bool numbered: false
    property string albumArtist: ""   // not said again below each track
    property string emptyText: ""
    property WaveformViewModel waveform: null   // of the track that plays, shown in its row
    property Component header: null
    property Component footer: null

    ListView {
        id: view
        anchors { fill: parent; leftMargin: list.sideMargin; rightMargin: list.sideMargin }
        focus: true
        activeFocusOnTab: true
        model: list.model
        header: list.header
        footer: list.footer
        topMargin: 4
        bottomMargin: Theme.margin
        cacheBuffer: Math.max(0, height)
        keyNavigationEnabled: true
        boundsBehavior: Flickable.StopAtBounds
        onCountChanged: if (currentIndex < 0 && count > 0) currentIndex = 0
        property bool untouched: true   // until then a header that grows does not push the start out of sight
        onMovementStarted: untouched = false
        onCurrentIndexChanged: if (currentIndex > 0) untouched = false
        onOriginYChanged: if (untouched) contentY = originY - topMargin
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Tracks")
        Keys.onReturnPressed: list.app.playFrom(list.model, currentIndex)
        Keys.onEnterPressed: list.app.playFrom(list.model, currentIndex)
        Scroller { parent: list; anchors { top: parent.top; bottom: parent.bottom; right: parent.right }
                   orientation: Qt.Vertical; size: view.visibleArea.heightRatio; position: view.visibleArea.yPosition
                   active: view.moving || hovered
                   onPositionChanged: if (pressed) view.contentY = position * view.contentHeight + view.originY }
        delegate: TrackRow {
            required property string mediaId
            width: ListView.view.width
            showArtwork: list.showArtwork
            playing: list.app.player.loaded && list.app.player.mediaId === mediaId
            paused: !list.app.player.playing
            waveform: list.waveform
            album: list.showArtwork ? model.album : ""
            artist: list.showArtist && model.artist !== list.albumArtist ? model.artist : ""
            lead: list.numbered ? model.lead : ""
            artwork: model.artwork
            broken: model.broken
            problem: model.problem
            required property var model
            onPlayed: playing ? list.app.player.togglePause() : list.app.playFrom(list.model, index)
        }
    }
    EmptyState {
        anchors { fill: parent; topMargin: view.headerItem ? view.headerItem.height : 0 }
        visible: list.model.loaded && list.model.count === 0 && !list.model.failed && list.emptyText !== ""
        iconName: "music"
        text: list.emptyText
    }
    EmptyState {
        anchors { fill: parent; topMargin: view.headerItem ? view.headerItem.height : 0 }
        visible: list.model.failed && list.model.count === 0
        failed: true
        iconName: "wifi-off"
        text: list.model.errorText
        actionText: qsTr("Try again")
        onAction: list.model.reload()
    }
}
