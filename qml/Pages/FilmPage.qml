import QtQuick
import Marea
import Marea.App

// A film, an episode or a video.
FocusScope {
    id: page
    required property AppContext app
    required property string mediaId
    property bool narrow: false
    readonly property ItemViewModel item: app.item(mediaId)
    readonly property int side: narrow ? Theme.marginNarrow : Theme.margin
    readonly property bool wideArt: item.kind === "episode" || item.kind === "video"

    PageState { item: page.item; sideMargin: page.side }
    Flickable {
        id: flick
        anchors.fill: parent
        visible: page.item.title !== ""
        contentHeight: content.y + content.height + (related.height > 0 ? 32 + related.height : 0) + 48
        boundsBehavior: Flickable.StopAtBounds
        Backdrop { width: parent.width; height: 460; y: -2; path: page.item.artwork }

        Item {
            id: content
            x: page.side
            y: page.narrow ? 8 : 20
            width: Math.min(parent.width - 2 * page.side, 1180)
            height: Math.max(poster.height, words.y + words.height)
            Artwork {
                id: poster
                width: page.narrow ? 104 : page.wideArt ? Math.min(360, page.width * 0.3) : Math.min(248, page.width * 0.24)
                height: Math.round(width * (page.wideArt ? 9 / 16 : 1.5))
                path: page.item.artwork
            }
            Column {
                id: words
                x: page.narrow ? 0 : poster.width + 32
                y: page.narrow ? poster.height + 16 : 8
                width: parent.width - x
                spacing: 12
                AppButton {
                    visible: page.item.seriesId !== ""
                    width: Math.min(implicitWidth, parent.width)
                    quiet: true
                    leftPadding: 0
                    height: 24
                    text: page.item.series
                    onClicked: page.app.navigator.open(page.item.seriesId, "series")
                }
                Label {
                    width: parent.width
                    text: page.item.title
                    font.pixelSize: page.narrow ? Theme.title : Theme.display
                    font.letterSpacing: -0.8
                    weight: Font.DemiBold
                    wrapMode: Text.Wrap
                    maximumLineCount: 2
                    Accessible.role: Accessible.Heading
                    Accessible.name: text
                }
                Label { width: parent.width; text: page.item.facts; color: Theme.secondary; font.pixelSize: Theme.body; visible: text !== "" }
                Label { width: parent.width; text: page.item.genres; color: Theme.secondary; visible: text !== "" }

                Row {
                    visible: page.item.broken
                    width: parent.width
                    spacing: 8
                    Icon { name: "triangle-alert"; color: Theme.warning }
                    Label { width: parent.width - 28; text: page.item.problem; color: Theme.warning; wrapMode: Text.Wrap; elide: Text.ElideNone }
                }
                Flow {
                    width: parent.width
                    spacing: 8
                    topPadding: 8
                    AppButton {
                        id: play
                        primary: true
                        focus: true
                        height: 44
                        leftPadding: 20; rightPadding: 24
                        enabled: page.item.title !== "" && !page.item.broken
                        iconName: "play"
                        text: page.item.resumable ? qsTr("Resume at %1").arg(page.item.positionText) : qsTr("Play")
                        onClicked: page.app.playItem(page.item, false)
                    }
                    AppButton {
                        visible: page.item.resumable
                        height: 44
                        iconName: "rotate-ccw"
                        text: qsTr("From the start")
                        onClicked: page.app.playItem(page.item, true)
                    }
                    AppButton {
                        visible: page.item.hasTrailer
                        height: 44
                        iconName: "clapperboard"
                        text: qsTr("Trailer")
                        onClicked: page.app.playTrailer(page.mediaId, page.item.title)
                    }
                    IconButton {
                        width: 44; height: 44
                        iconName: "heart"; solid: page.item.favourite
                        checked: page.item.favourite
                        text: page.item.favourite ? qsTr("Remove from favourites") : qsTr("Add to favourites")
                        onClicked: page.item.setFavourite(!page.item.favourite)
                    }
                    IconButton {
                        width: 44; height: 44
                        iconName: page.item.watched ? "circle-check" : "check"
                        checked: page.item.watched
                        text: page.item.watched ? qsTr("Mark as not watched") : qsTr("Mark as watched")
                        onClicked: page.item.setWatched(!page.item.watched)
                    }
                    DownloadButton { app: page.app; item: page.item; visible: !page.item.broken }
                    IconButton {
                        id: moreButton
                        width: 44; height: 44
                        iconName: "ellipsis"
                        text: qsTr("More")
                        onClicked: page.app.actions.open({mediaId: page.mediaId, kind: page.item.kind, title: page.item.title}, moreButton.mapToItem(null, 0, height))
                    }
                    StarRating { height: 44; rating: page.item.rating; onRated: (value) => page.item.setRating(value) }
                }
                Flow {
                    width: parent.width
                    spacing: 8
                    visible: !page.item.broken
                    Chip {
                        id: audioChip
                        visible: page.item.audioChoices.length > 1
                        iconName: "audio-lines"
                        chevron: true
                        text: page.item.audioText
                        Accessible.name: qsTr("Audio: %1").arg(text)
                        onClicked: audioMenu.openAt(audioChip, false)
                        ChoiceMenu { id: audioMenu; title: qsTr("Audio"); choices: page.item.audioChoices; onChosen: (value) => page.item.audio = value }
                    }
                    Chip {
                        id: subtitleChip
                        visible: page.item.subtitleChoices.length > 1
                        iconName: "captions"
                        chevron: true
                        text: page.item.subtitle < 0 ? qsTr("No subtitles") : page.item.subtitleText
                        Accessible.name: qsTr("Subtitles: %1").arg(page.item.subtitleText)
                        onClicked: subtitleMenu.openAt(subtitleChip, false)
                        ChoiceMenu { id: subtitleMenu; title: qsTr("Subtitles"); choices: page.item.subtitleChoices; onChosen: (value) => page.item.subtitle = value }
                    }
                }
                Row {
                    opacity: page.item.playsAs !== "" ? 1 : 0   // its place is kept while the server thinks
                    visible: !page.item.broken
                    width: parent.width
                    spacing: 8
                    Icon { name: page.item.playsDirect ? "circle-check" : "refresh-cw"; size: 16; color: page.item.playsDirect ? Theme.good : Theme.secondary }
                    Label { width: parent.width - 24; text: page.item.playsAs; color: Theme.secondary; wrapMode: Text.Wrap; elide: Text.ElideNone }
                }
                Label {
                    width: Math.min(parent.width, 720)
                    visible: text !== ""
                    topPadding: 8
                    text: page.item.overview
                    wrapMode: Text.Wrap
                    elide: Text.ElideNone
                    lineHeight: 1.45
                    color: Theme.text
                }
                Column {
                    visible: page.item.people.length > 0
                    width: Math.min(parent.width, 720)
                    topPadding: 16
                    Label { text: qsTr("People"); font.pixelSize: Theme.heading; weight: Font.DemiBold; bottomPadding: 8 }
                    Flow {
                        width: parent.width
                        spacing: 8
                        Repeater {
                            model: page.item.people
                            Chip {
                                required property string modelData
                                width: Math.min(implicitWidth, parent.width)
                                text: modelData
                                Accessible.name: qsTr("What %1 is in").arg(modelData)
                                onClicked: page.app.searchFor(modelData)
                            }
                        }
                    }
                }
                Column {
                    visible: page.item.chapters.length > 0 && !page.item.chaptersPictured
                    width: Math.min(parent.width, 560)
                    topPadding: 16
                    Label { text: qsTr("Chapters"); font.pixelSize: Theme.heading; weight: Font.DemiBold; bottomPadding: 8 }
                    Repeater {
                        model: page.item.chapters
                        ChapterRow {
                            required property var modelData
                            required property int index
                            width: parent.width
                            number: index + 1
                            title: modelData.title
                            time: modelData.startText
                            onClicked: page.app.playItemAt(page.item, modelData.start)
                        }
                    }
                }
            }
        }
        Column {
            id: related
            y: content.y + content.height + 32
            width: parent.width
            spacing: 20
            CardRow {
                id: chapters
                objectName: "chapterCards"
                width: related.width
                title: qsTr("Chapters")
                model: page.item.chaptersPictured ? page.item.chapters.length : 0   // they stay, with the keyboard on them
                opensAll: false
                sideMargin: page.side
                aspect: 9 / 16
                cardWidth: page.narrow ? 160 : 208
                card: ChapterCard {
                    width: chapters.cardWidth
                    aspect: chapters.aspect
                    chapter: page.item.chapters[index] ?? ({start: 0, title: "", startText: "", sheet: "", part: ""})
                    onOpened: page.app.playItemAt(page.item, chapter.start)
                }
            }
            Repeater {
                model: page.item.collections
                CardRow {
                    required property var modelData
                    width: related.width
                    title: modelData.name
                    model: modelData.titles
                    opensAll: false
                    sideMargin: page.side
                    cardWidth: page.narrow ? 112 : 148
                    onOpened: (id, kind) => page.app.navigator.open(id, kind)
                }
            }
            CardRow {
                width: related.width
                title: qsTr("Similar")
                model: page.item.similar
                opensAll: false
                sideMargin: page.side
                cardWidth: page.narrow ? 112 : 148
                onOpened: (id, kind) => page.app.navigator.open(id, kind)
            }
            Component.onCompleted: page.item.loadRelated()
        }
        Scroller { parent: page; anchors { top: parent.top; bottom: parent.bottom; right: parent.right }
                   orientation: Qt.Vertical; size: flick.visibleArea.heightRatio; position: flick.visibleArea.yPosition
                   active: flick.moving || hovered
                   onPositionChanged: if (pressed) flick.contentY = position * flick.contentHeight }
    }
}
