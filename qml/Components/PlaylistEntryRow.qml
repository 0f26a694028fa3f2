import QtQuick
import Marea
import Marea.App

// One entry of a playlist, with a handle to move it by where one may.
Item {
    id: row
    required property int index
    required property string mediaId
    required property string entryId
    required property string kind
    required property string title
    required property string durationText
    required property string artist
    required property string subtitle
    required property int year
    required property string album
    required property string artwork
    required property bool broken
    required property string problem
    property AppContext app
    property bool movable: false
    property bool dragged: false
    readonly property bool ringed: ListView.isCurrentItem && ListView.view.activeFocus
    signal played()
    signal picked()
    signal dragStarted()
    signal draggedTo(real y)    // in the list's content
    signal dropped()
    signal dragCancelled()

    height: 56
    opacity: dragged ? 0.4 : 1
    TrackRow {
        width: parent.width - (row.movable ? 32 : 0)
        index: row.index
        title: row.title === "" ? qsTr("Not in the library any more") : row.title
        durationText: row.durationText
        lead: String(row.index + 1)
        artist: row.kind === "movie" ? (row.year > 0 ? String(row.year) : "") : row.kind === "episode" ? row.subtitle : row.artist
        fallback: row.kind === "movie" ? "film" : row.kind === "episode" ? "tv" : "disc-3"
        album: row.album
        artwork: row.artwork
        showArtwork: true
        broken: row.broken
        problem: row.problem
        current: row.ringed
        playing: row.app.player.loaded && row.app.player.mediaId === row.mediaId
        paused: !row.app.player.playing
        onClicked: row.picked()
        onPlayed: row.played()
    }
    Item {
        visible: row.movable
        anchors { right: parent.right; top: parent.top; bottom: parent.bottom }
        width: 32
        Icon { anchors.centerIn: parent; name: "grip-vertical"; size: 18; color: area.containsMouse || area.pressed ? Theme.text : Theme.disabled }
        MouseArea {
            id: area
            anchors.fill: parent
            hoverEnabled: true
            preventStealing: true
            cursorShape: Qt.OpenHandCursor
            property bool moved: false
            onPressed: { moved = false; row.picked() }
            onPositionChanged: (mouse) => {
                if (!pressed) return
                if (!moved) { moved = true; row.dragStarted() }
                row.draggedTo(mapToItem(row.ListView.view.contentItem, 0, mouse.y).y)
            }
            onReleased: if (moved) row.dropped()
            onCanceled: if (moved) row.dragCancelled()
        }
    }
}
