import QtQuick
import Marea
import Marea.App

// One thing for sale: what it is, what is in it and how that sounds, what buyers say, and buying it.
FocusScope {
    id: page
    required property AppContext app
    required property string productId
    property bool narrow: false
    readonly property ProductViewModel product: app.store.product(productId)
    readonly property int side: narrow ? Theme.marginNarrow : Theme.margin
    readonly property bool tall: !["album", "track", "audiobook"].includes(product.mediaKind)

    Loader { id: buySheet; active: false; sourceComponent: BuySheet { app: page.app } }
    Loader { id: reviewSheet; active: false; sourceComponent: ReviewSheet { product: page.product } }
    function buy() { buySheet.active = true; buySheet.item.ask(page.productId, page.product.owned, buyButton) }
    function review(back) { reviewSheet.active = true; reviewSheet.item.ask(back) }

    Late {
        anchors { fill: parent; margins: page.side; topMargin: 16 }
        waiting: page.product.loading && page.product.title === ""
        sourceComponent: Row {
            spacing: 32
            Skeleton { width: 232; height: 232 }
            Column { spacing: 16; Skeleton { width: 320; height: 36; radius: 6 } Skeleton { width: 200; height: 16; radius: 4 } Skeleton { width: 160; height: 40; radius: 6 } }
        }
    }
    EmptyState {
        anchors.fill: parent
        visible: page.product.failed && page.product.title === ""
        failed: true
        iconName: "circle-alert"
        text: page.product.errorText
        actionText: qsTr("Try again")
        onAction: page.product.reload()
    }
    Flickable {
        id: flick
        anchors.fill: parent
        visible: page.product.title !== ""
        contentHeight: column.height + 48
        boundsBehavior: Flickable.StopAtBounds
        Backdrop { width: flick.width; height: 420; path: page.product.artwork }
        Column {
            id: column
            x: page.side
            y: page.narrow ? 8 : 20
            width: Math.min(flick.width - 2 * page.side, 1080)
            spacing: 28
            Item {
                width: parent.width
                height: Math.max(page.narrow ? 0 : cover.height, words.y + words.height)
                Artwork {
                    id: cover
                    width: page.narrow ? 128 : page.tall ? 200 : 232
                    height: Math.round(width * (page.tall ? 1.5 : 1))
                    path: page.product.artwork
                    fallback: page.tall ? "film" : "disc-3"
                }
                Column {
                    id: words
                    x: page.narrow ? 0 : cover.width + 32
                    y: page.narrow ? cover.height + 16 : 4
                    width: parent.width - x
                    spacing: 12
                    Label { width: parent.width; text: page.product.title; font.pixelSize: page.narrow ? Theme.title : Theme.display; font.letterSpacing: -0.8; weight: Font.DemiBold; wrapMode: Text.Wrap; maximumLineCount: 2; Accessible.role: Accessible.Heading; Accessible.name: text }
                    Label { width: parent.width; text: page.product.kindText; color: Theme.secondary; font.pixelSize: Theme.body; wrapMode: Text.Wrap; maximumLineCount: 2 }
                    Stars { rating: page.product.stars; text: page.product.starsText }
                    Row {
                        spacing: 8
                        visible: !page.product.owned && page.product.oldPrice !== ""
                        Label { id: priceNow; text: page.product.price; color: Theme.accent; weight: Font.DemiBold; font.pixelSize: Theme.heading }
                        Label { anchors.baseline: priceNow.baseline; text: page.product.oldPrice; color: Theme.secondary; font.strikeout: true }
                    }
                    Label { visible: text !== "" && !page.product.owned; width: parent.width; text: page.product.note; color: Theme.secondary; wrapMode: Text.Wrap; elide: Text.ElideNone }
                    Flow {
                        width: parent.width
                        spacing: 8
                        topPadding: 4
                        AppButton { id: buyButton; visible: !page.product.owned && page.product.sold; focus: visible; primary: true; text: page.product.actionText; onClicked: page.buy() }
                        AppButton { visible: page.product.hasTrailer; iconName: "clapperboard"; text: qsTr("Trailer"); onClicked: page.app.playProductTrailer(page.productId, page.product.title) }
                        AppButton { visible: page.product.here; primary: true; iconName: "play"; text: qsTr("Play"); onClicked: page.app.openTitle(page.product.mediaId, true) }
                        Loader {
                            id: keep
                            readonly property string mediaId: page.product.keepable
                            active: mediaId !== ""
                            visible: active
                            sourceComponent: DownloadButton {
                                app: page.app
                                item: page.app.item(keep.mediaId)
                                list: page.product.mediaKind === "album" ? item.children : null
                                music: !page.tall
                                enabled: !list || list.count > 0
                            }
                        }
                        AppButton { visible: page.product.here; text: qsTr("Show in the library"); onClicked: page.app.openTitle(page.product.mediaId, false) }
                        AppButton { visible: page.product.here || (page.product.owned && page.product.preorder); quiet: true; iconName: "gift"; text: qsTr("Give it to somebody"); onClicked: page.buy() }
                    }
                    Row {
                        width: parent.width
                        spacing: 8
                        visible: page.product.withheldText !== ""
                        Icon { id: sign; name: "info"; color: Theme.warning }
                        Label { width: parent.width - sign.width - 8; text: page.product.withheldText; color: Theme.warning; wrapMode: Text.Wrap; elide: Text.ElideNone; Accessible.role: Accessible.StaticText; Accessible.name: text }
                    }
                    Label { visible: page.product.owned && page.product.preorder && page.product.withheldText === ""; width: parent.width; text: qsTr("You have ordered it ahead. %1").arg(page.product.note); color: Theme.secondary; wrapMode: Text.Wrap; elide: Text.ElideNone }
                    Label { visible: page.product.guarded; width: parent.width; text: qsTr("It is protected: it plays in Marea, also without the server, and cannot be copied elsewhere."); color: Theme.secondary; wrapMode: Text.Wrap; elide: Text.ElideNone }
                    Label { visible: text !== ""; width: Math.min(parent.width, 720); text: page.product.overview; wrapMode: Text.Wrap; elide: Text.ElideNone; lineHeight: 1.45 }
                    Label { visible: text !== ""; width: parent.width; text: page.product.genres; color: Theme.secondary }
                }
            }
            ProductParts { width: parent.width; visible: page.product.parts.length > 0; app: page.app; product: page.product }
            ProductReviews { width: parent.width; product: page.product; onWanted: (back) => page.review(back) }
        }
        Scroller { parent: page; anchors { top: parent.top; bottom: parent.bottom; right: parent.right }
                   orientation: Qt.Vertical; size: flick.visibleArea.heightRatio; position: flick.visibleArea.yPosition
                   active: flick.moving || hovered
                   onPositionChanged: if (pressed) flick.contentY = position * flick.contentHeight }
    }
}
