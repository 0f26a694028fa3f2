import QtQuick
import Marea
import Marea.App

// Tracks below rows of cards, in a page that scrolls as a whole. Only those in sight are made: where they stand below what
// is to be seen, they cost nothing at each letter.
FocusScope {
    id: list
    required property AppContext app
    required property MediaModel model
    required property Flickable page
    property real above: 0   // what of the page stands before it
    readonly property bool takesFocus: visible
    readonly property int rowHeight: 56

    visible: model.count > 0
    implicitHeight: heading.height + 8 + view.whole

    HeadingLink { id: heading; x: -6; text: qsTr("Tracks"); enabled: false }
    ListView {
        id: view
        readonly property real start: list.above + heading.height + 8
        readonly property real whole: count * list.rowHeight
        readonly property real from: Math.max(0, Math.min(list.page.contentY - start, whole - list.page.height))

        function show(row) {
            if (row < 0) return
            const top = start + row * list.rowHeight
            if (top < list.page.contentY) list.page.contentY = Math.max(0, top - heading.height - 8)
            else if (top + list.rowHeight > list.page.contentY + list.page.height) list.page.contentY = top + list.rowHeight - list.page.height
        }
        y: heading.height + 8 + from
        width: parent.width
        height: Math.max(0, Math.min(whole - from, list.page.contentY + list.page.height - start - from))
        contentY: from
        interactive: false
        cacheBuffer: 0
        highlightFollowsCurrentItem: false
        focus: true
        activeFocusOnTab: count > 0
        keyNavigationEnabled: true
        Accessible.role: Accessible.List
        Accessible.name: heading.text
        onCountChanged: if (currentIndex < 0 && count > 0) currentIndex = 0
        onCurrentIndexChanged: if (activeFocus) show(currentIndex)
        onActiveFocusChanged: if (activeFocus) show(currentIndex)
        model: list.model
        Keys.onReturnPressed: list.app.playFrom(list.model, currentIndex)
        Keys.onEnterPressed: list.app.playFrom(list.model, currentIndex)
        delegate: TrackRow {
            required property string mediaId
            required property var model
            width: ListView.view.width
            height: list.rowHeight
            showArtwork: true
            artwork: model.artwork
            artist: model.artist
            album: model.album
            broken: model.broken
            problem: model.problem
            playing: list.app.player.loaded && list.app.player.mediaId === mediaId
            paused: !list.app.player.playing
            onPlayed: list.app.playFrom(list.model, index)
        }
    }
}
