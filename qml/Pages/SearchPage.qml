import QtQuick
import Marea
import Marea.App

// What was found, by kind, as one types.
FocusScope {
    id: page
    required property AppContext app
    property bool narrow: false
    readonly property SearchViewModel search: app.search
    readonly property int side: narrow ? Theme.marginNarrow : Theme.margin
    readonly property bool failed: search.failed && !app.elsewhere.any && !app.elsewhere.searchAnswers   // nobody answered
    readonly property bool nothing: !app.elsewhere.any && (search.nothing || search.failed && !failed && !search.searching && search.text.trim() !== "")
    readonly property Unreached unreached: nothing || failed ? null : answers   // else it is said in their place
    readonly property int poster: narrow ? 112 : 148

    Unreached { id: answers; app: page.app; alsoHere: page.search.failed; missing: page.app.elsewhere.searchMissing; onAgain: page.search.run() }
    Flickable {
        id: flick
        objectName: "searchFlick"
        anchors.fill: parent
        contentHeight: rows.height + 32
        boundsBehavior: Flickable.StopAtBounds
        visible: !page.nothing && !page.failed
        Column {
            id: rows
            y: 4
            width: parent.width
            spacing: 20
            CardRow { width: parent.width; focus: true; title: qsTr("Films"); model: page.search.films; opensAll: false; sideMargin: page.side; cardWidth: page.poster; onOpened: (id, kind) => page.app.navigator.open(id, kind) }
            CardRow { width: parent.width; title: qsTr("Series"); model: page.search.series; opensAll: false; sideMargin: page.side; cardWidth: page.poster; onOpened: (id, kind) => page.app.navigator.open(id, kind) }
            CardRow { width: parent.width; title: qsTr("Artists"); model: page.search.artists; opensAll: false; sideMargin: page.side; cardWidth: page.poster; aspect: 1; onOpened: (id, kind) => page.app.navigator.open(id, kind) }
            CardRow { width: parent.width; title: qsTr("Albums"); model: page.search.albums; opensAll: false; sideMargin: page.side; cardWidth: page.poster; aspect: 1; playable: true; onOpened: (id, kind) => page.app.navigator.open(id, kind); onPlayed: (id) => page.app.playAlbum(id) }
            FoundTracks {
                x: page.side
                width: parent.width - 2 * page.side
                above: rows.y + y
                app: page.app
                model: page.search.tracks
                page: flick
            }
            Repeater {
                model: page.app.elsewhere.places
                CardRow {
                    required property QtObject modelData
                    width: rows.width
                    title: qsTr("In %1").arg(modelData.name)
                    place: modelData.address
                    model: modelData.found
                    opensAll: false
                    sideMargin: page.side
                    cardWidth: page.poster
                    aspect: 1
                    onOpened: (id, kind) => page.app.openElsewhere(modelData.address, id)
                }
            }
        }
        Scroller { parent: page; anchors { top: parent.top; bottom: parent.bottom; right: parent.right }
                   orientation: Qt.Vertical; size: flick.visibleArea.heightRatio; position: flick.visibleArea.yPosition
                   active: flick.moving || hovered
                   onPositionChanged: if (pressed) flick.contentY = position * flick.contentHeight }
    }
    RowsFocus { scope: page; list: rows }
    EmptyState {
        anchors.fill: parent
        visible: page.search.text.trim() === ""
        iconName: "search"
        text: qsTr("Search for a title, an artist or an album.")
    }
    EmptyState {
        anchors.fill: parent
        visible: page.nothing
        iconName: "search"
        text: qsTr("Nothing is called “%1”.").arg(page.search.text.trim())
        detail: answers.text
    }
    EmptyState {
        anchors.fill: parent
        visible: page.failed
        failed: true
        iconName: "wifi-off"
        text: page.search.errorText
        actionText: qsTr("Try again")
        onAction: page.search.run()
    }
}
