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

    PageState { item: page.item; sideMargin: page.side; aspect: 1 }
    MediaGrid {
        name: page.item.title
        anchors.fill: parent
        visible: page.item.title !== ""
        focus: true
        model: page.item.children
        aspect: 1
        targetWidth: page.narrow ? 148 : 172
        sideMargin: page.side
        playable: true
        emptyIcon: "disc-3"
        emptyText: qsTr("There are no albums of this artist.")
        onOpened: (id, kind) => page.app.navigator.open(id, kind)
        onPlayed: (id) => page.app.playAlbum(id)
        header: Item {
            width: GridView.view ? GridView.view.width : 0
            height: 132
            Artwork { id: face; y: 12; width: 96; height: 96; radius: 48; path: page.item.artwork; initial: page.item.title.charAt(0).toUpperCase() }
            Column {
                anchors { left: face.right; leftMargin: 20; right: parent.right; rightMargin: Theme.gap; verticalCenter: face.verticalCenter }
                spacing: 4
                Label { width: parent.width; text: page.item.title; font.pixelSize: page.narrow ? Theme.title : Theme.display; font.letterSpacing: -0.8; weight: Font.DemiBold; wrapMode: page.narrow ? Text.Wrap : Text.NoWrap; maximumLineCount: page.narrow ? 2 : 1; Accessible.role: Accessible.Heading; Accessible.name: text }
                Row {
                    spacing: 12
                    Label { anchors.verticalCenter: parent.verticalCenter; text: qsTr("%n album(s)", "", page.item.children.count); color: Theme.secondary }
                    IconButton { iconName: "heart"; solid: page.item.favourite; checked: page.item.favourite; text: page.item.favourite ? qsTr("Remove from favourites") : qsTr("Add to favourites"); onClicked: page.item.setFavourite(!page.item.favourite) }
                    IconButton { id: moreButton; iconName: "ellipsis"; text: qsTr("More"); onClicked: page.app.actions.open({mediaId: page.mediaId, kind: page.item.kind, title: page.item.title}, moreButton.mapToItem(null, 0, height)) }
                    StarRating { visible: !page.narrow; rating: page.item.rating; onRated: (value) => page.item.setRating(value) }
                }
            }
        }
    }
}
