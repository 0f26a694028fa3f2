import QtQuick
import Marea
import Marea.App

FocusScope {
    id: page
    required property AppContext app
    required property string mediaId
    property bool narrow: false
    readonly property ItemViewModel item: app.item(mediaId)
    readonly property int side: narrow ? Theme.marginNarrow : Theme.margin

    Backdrop { width: parent.width; height: 420; path: page.item.artwork }
    PageState { item: page.item; sideMargin: page.side; aspect: 1 }
    TrackList {
        anchors.fill: parent
        visible: page.item.title !== ""
        focus: true
        app: page.app
        model: page.item.children
        sideMargin: page.side
        numbered: true
        albumArtist: page.item.artist
        waveform: page.app.waveform
        emptyText: qsTr("This album has no tracks.")
        footer: AlbumCredits {
            width: ListView.view ? ListView.view.width : 0
            entries: page.item.children.count > 0 ? page.item.credits : []
            narrow: page.narrow
            onPersonChosen: (name) => page.app.searchFor(name)
        }
        header: Item {
            width: ListView.view ? ListView.view.width : 0
            height: Math.max(cover.height, words.y + words.height) + 36
            Artwork {
                id: cover
                y: page.narrow ? 8 : 16
                width: page.narrow ? 132 : Math.min(232, page.width * 0.26)
                height: width
                path: page.item.artwork
                fallback: "disc-3"
            }
            Column {
                id: words
                x: page.narrow ? 0 : cover.width + 32
                y: page.narrow ? cover.y + cover.height + 16 : Math.max(16, cover.y + cover.height - height)
                width: parent.width - x
                spacing: 10
                Label { text: page.item.kind === "audiobook" ? qsTr("Audiobook") : qsTr("Album"); color: Theme.secondary; weight: Font.Medium; font.pixelSize: Theme.tiny }
                Label { width: parent.width; text: page.item.title; font.pixelSize: page.narrow ? Theme.title : Theme.display; font.letterSpacing: -0.8; weight: Font.DemiBold; wrapMode: Text.Wrap; maximumLineCount: 2; Accessible.role: Accessible.Heading; Accessible.name: text }
                Row {
                    x: -8
                    width: parent.width
                    spacing: 4
                    AppButton {
                        visible: page.item.artist !== ""
                        width: Math.min(implicitWidth, parent.width - (facts.text !== "" ? facts.implicitWidth + 4 : 0))   // a long name ends in dots
                        quiet: true
                        height: 28
                        leftPadding: 8; rightPadding: 8
                        enabled: page.item.artistId !== ""
                        opacity: 1
                        text: page.item.artist
                        onClicked: page.app.navigator.open(page.item.artistId, "artist")
                    }
                    Label { id: facts; anchors.verticalCenter: parent.verticalCenter; text: page.item.facts; color: Theme.secondary }
                }
                Flow {
                    width: parent.width
                    spacing: 8
                    topPadding: 6
                    AppButton { primary: true; height: 44; leftPadding: 20; rightPadding: 24; iconName: "play"; text: qsTr("Play"); enabled: page.item.children.count > 0; onClicked: page.app.playFrom(page.item.children, 0) }
                    AppButton { height: 44; iconName: "shuffle"; text: qsTr("Shuffle"); enabled: page.item.children.count > 1; onClicked: page.app.playShuffled(page.item.children) }
                    IconButton { width: 44; height: 44; iconName: "list-plus"; text: qsTr("Add to the queue"); onClicked: page.app.enqueue(page.item.children) }
                    IconButton { width: 44; height: 44; iconName: "heart"; solid: page.item.favourite; checked: page.item.favourite; text: page.item.favourite ? qsTr("Remove from favourites") : qsTr("Add to favourites"); onClicked: page.item.setFavourite(!page.item.favourite) }
                    DownloadButton { app: page.app; item: page.item; list: page.item.children; music: true; enabled: page.item.children.count > 0 }
                    IconButton { id: moreButton; width: 44; height: 44; iconName: "ellipsis"; text: qsTr("More"); onClicked: page.app.actions.open({mediaId: page.mediaId, kind: page.item.kind, title: page.item.title}, moreButton.mapToItem(null, 0, height)) }
                    StarRating { height: 44; rating: page.item.rating; onRated: (value) => page.item.setRating(value) }
                }
            }
        }
    }
}
