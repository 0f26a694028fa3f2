import QtQuick
import Marea
import Marea.App

// A series: its seasons, and the episodes of one.
FocusScope {
    id: page
    required property AppContext app
    required property string mediaId
    property bool narrow: false
    readonly property ItemViewModel item: app.item(mediaId)
    readonly property int side: narrow ? Theme.marginNarrow : Theme.margin

    PageState { item: page.item; sideMargin: page.side }
    ListView {
        id: view
        anchors.fill: parent
        visible: page.item.title !== ""
        focus: true
        activeFocusOnTab: true
        model: page.item.children
        keyNavigationEnabled: true
        boundsBehavior: Flickable.StopAtBounds
        bottomMargin: Theme.margin
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Episodes")
        Keys.onReturnPressed: if (currentItem) currentItem.opened()
        Keys.onEnterPressed: if (currentItem) currentItem.opened()
        header: Item {
            width: ListView.view.width
            height: head.height + 32
            Backdrop { width: parent.width; height: 420; path: page.item.artwork }
            Item {
                id: head
                x: page.side
                y: page.narrow ? 8 : 20
                width: Math.min(parent.width - 2 * page.side, 1180)
                height: Math.max(poster.height, words.y + words.height)
                Artwork { id: poster; width: page.narrow ? 104 : 200; height: width * 1.5; path: page.item.artwork; fallback: "tv" }
                Column {
                    id: words
                    x: page.narrow ? 0 : poster.width + 32
                    y: page.narrow ? poster.height + 16 : 8
                    width: parent.width - x
                    spacing: 12
                    Label { width: parent.width; text: page.item.title; font.pixelSize: page.narrow ? Theme.title : Theme.display; font.letterSpacing: -0.8; weight: Font.DemiBold; wrapMode: Text.Wrap; maximumLineCount: 2; Accessible.role: Accessible.Heading; Accessible.name: text }
                    Label { width: parent.width; text: page.item.facts; color: Theme.secondary; font.pixelSize: Theme.body; visible: text !== "" }
                    Label { width: Math.min(parent.width, 720); text: page.item.overview; wrapMode: Text.Wrap; maximumLineCount: 4; visible: text !== ""; lineHeight: 1.45 }
                    Flow {
                        width: parent.width
                        spacing: 8
                        AppButton { visible: page.item.nextText !== ""; primary: true; implicitHeight: Theme.target; iconName: "play"; text: page.item.nextText; onClicked: page.app.playNextOf(page.item) }
                        AppButton { visible: page.item.hasTrailer; implicitHeight: Theme.target; iconName: "clapperboard"; text: qsTr("Trailer"); onClicked: page.app.playTrailer(page.mediaId, page.item.title) }
                        IconButton { iconName: "heart"; solid: page.item.favourite; checked: page.item.favourite; text: page.item.favourite ? qsTr("Remove from favourites") : qsTr("Add to favourites"); onClicked: page.item.setFavourite(!page.item.favourite) }
                        IconButton { id: moreButton; iconName: "ellipsis"; text: qsTr("More"); onClicked: page.app.actions.open({mediaId: page.mediaId, kind: "series", title: page.item.title}, moreButton.mapToItem(null, 0, height)) }
                        StarRating { rating: page.item.rating; onRated: (value) => page.item.setRating(value) }
                    }
                    Flow {
                        width: parent.width
                        spacing: 8
                        topPadding: 8
                        Repeater {
                            model: page.item.seasons
                            Chip {
                                required property var modelData
                                text: modelData.text
                                checkable: true
                                checked: modelData.checked
                                onClicked: page.item.showSeason(modelData.value)
                            }
                        }
                    }
                }
            }
        }
        delegate: EpisodeRow {
            x: page.side - 8   // its picture is in line with the page
            width: Math.min(ListView.view.width - 2 * page.side, 1180) + 16
            onOpened: page.app.navigator.open(mediaId, kind)
            onPlayed: page.app.playEpisode(page.item, mediaId)
        }
        Scroller { parent: page; anchors { top: parent.top; bottom: parent.bottom; right: parent.right }
                   orientation: Qt.Vertical; size: view.visibleArea.heightRatio; position: view.visibleArea.yPosition
                   active: view.moving || hovered
                   onPositionChanged: if (pressed) view.contentY = position * view.contentHeight + view.originY }
    }
    component Below: EmptyState {
        x: page.side
        y: view.headerItem ? view.headerItem.height : 0
        width: page.width - 2 * page.side
        height: Math.max(200, page.height - y)
    }
    Late {
        x: page.side
        y: view.headerItem ? view.headerItem.height : 0
        width: page.width - 2 * page.side
        waiting: view.visible && !page.item.children.loaded && !page.item.children.failed
        sourceComponent: Column {
            spacing: 16
            Repeater { model: 4; Skeleton { width: Math.min(page.width - 2 * page.side, 720); height: 92; radius: Theme.radiusCard } }
        }
    }
    Below {
        visible: view.visible && page.item.children.failed && page.item.children.count === 0
        failed: true
        iconName: "wifi-off"
        text: page.item.children.errorText
        actionText: qsTr("Try again")
        onAction: page.item.reload()
    }
    Below {
        visible: view.visible && page.item.children.loaded && page.item.children.count === 0 && !page.item.children.failed
        iconName: "tv"
        text: qsTr("There are no episodes here.")
    }
}
