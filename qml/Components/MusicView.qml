import QtQuick
import QtQuick.Window
import Marea
import Marea.App

// The music player: a large cover in its own colours, and the queue beside.
Item {
    id: view
    required property PlayerViewModel player
    required property LyricsViewModel lyrics
    property bool narrow: false
    readonly property bool withQueue: width > 820   // beside the cover; where there is no room, instead of it
    property bool queueInstead: false
    readonly property bool queueShown: withQueue || queueInstead
    property bool words: false
    readonly property bool wordsShown: words && lyrics.available
    Component.onCompleted: lyrics.wanted = true
    Component.onDestruction: lyrics.wanted = false

    Rectangle { anchors.fill: parent; color: Theme.pictureGround }
    Image {
        anchors.fill: parent
        asynchronous: true
        sourceSize: Qt.size(192, 108)
        source: view.player.artwork === "" ? "" : "image://artwork/blur" + view.player.artwork
        fillMode: Image.Stretch
        opacity: status === Image.Ready ? 0.75 : 0
        Behavior on opacity { NumberAnimation { duration: 400 } }
        Accessible.ignored: true
    }
    Rectangle { anchors.fill: parent; color: Theme.pictureVeil }

    Item {
        id: stage
        visible: view.withQueue || !view.queueInstead
        anchors { left: parent.left; top: parent.top; bottom: parent.bottom; topMargin: 72; bottomMargin: 136 }
        width: view.withQueue ? parent.width * 0.58 : parent.width
        readonly property real side: Math.max(80, Math.min(width - (view.narrow ? 48 : 96), height - 96, 560))
        Column {
            anchors.centerIn: parent
            spacing: 24
            Artwork {
                anchors.horizontalCenter: parent.horizontalCenter
                width: stage.side; height: stage.side
                radius: Theme.radiusSheet
                path: view.player.artwork
                fallback: "disc-3"
            }
            Column {
                width: Math.max(stage.side, Math.min(stage.width - 48, 420))
                anchors.horizontalCenter: parent.horizontalCenter
                spacing: 4
                Label { width: parent.width; horizontalAlignment: Text.AlignHCenter; text: view.player.title; color: Theme.onPicture; font.pixelSize: Theme.title; font.letterSpacing: -0.4; weight: Font.DemiBold }
                Label { width: parent.width; horizontalAlignment: Text.AlignHCenter; text: [view.player.artist, view.player.album].filter(s => s !== "").join(" · "); color: Theme.onPictureSecondary; font.pixelSize: Theme.body; visible: text !== "" }
            }
        }
    }
    Label {
        id: passedOver
        anchors { horizontalCenter: stage.horizontalCenter; top: stage.bottom; topMargin: -4 }
        width: stage.width - 48
        horizontalAlignment: Text.AlignHCenter
        color: Theme.onPictureSecondary
        font.pixelSize: Theme.tiny
        visible: text !== ""
        Accessible.role: Accessible.AlertMessage
        Timer { id: forget; interval: 8000; onTriggered: passedOver.text = "" }
        Connections {
            target: view.player
            function onSkipped(title, reason) { passedOver.text = qsTr("Passed over %1. %2").arg(title).arg(reason); forget.restart() }
        }
    }
    IconButton {
        visible: !view.withQueue
        anchors { right: parent.right; rightMargin: 16; top: parent.top; topMargin: 18 }
        iconName: view.queueInstead ? "disc-3" : "list-music"
        color: Theme.onPicture
        hoverColor: Theme.pictureHover
        text: view.queueInstead ? qsTr("Cover") : qsTr("Queue")
        onClicked: view.queueInstead = !view.queueInstead
    }
    FocusScope {
        visible: view.queueShown
        enabled: visible
        anchors { left: view.withQueue ? stage.right : parent.left; leftMargin: view.withQueue ? 0 : 24; right: parent.right; rightMargin: view.withQueue ? 40 : 24; top: parent.top; topMargin: 72; bottom: parent.bottom; bottomMargin: 136 }
        Row {
            id: title
            height: 44
            spacing: 20
            component Heading: AppButton {
                id: heading
                property bool shown: false
                anchors.verticalCenter: parent.verticalCenter
                quiet: true
                leftPadding: 0; rightPadding: 0
                width: Math.ceil(measure.advanceWidth) + 4
                height: 32
                opacity: shown || hovered ? 1 : 0.6
                background: Item { FocusRing { shown: heading.visualFocus } }
                TextMetrics { id: measure; text: heading.text; font { family: Theme.family; pixelSize: Theme.heading; weight: Font.DemiBold } }
                contentItem: Label { text: heading.text; color: Theme.onPicture; font.pixelSize: Theme.heading; weight: Font.DemiBold }
            }
            Heading { text: qsTr("Queue"); shown: !view.wordsShown; onClicked: view.words = false }
            Heading { visible: view.lyrics.available; text: qsTr("Lyrics"); shown: view.wordsShown; onClicked: view.words = true }
        }
        Row {
            anchors { right: parent.right; verticalCenter: title.verticalCenter }
            spacing: 4
            ShuffleButton { player: view.player; color: Theme.onPicture; hoverColor: Theme.pictureHover }
            RepeatButton { player: view.player; color: Theme.onPicture; hoverColor: Theme.pictureHover }
        }
        LyricsView {
            visible: view.wordsShown
            lyrics: view.lyrics
            anchors { top: title.bottom; left: parent.left; right: parent.right; bottom: parent.bottom }
        }
        ListView {
            id: list
            visible: !view.wordsShown
            anchors { top: title.bottom; left: parent.left; right: parent.right; bottom: parent.bottom }
            clip: true
            focus: true
            activeFocusOnTab: true
            keyNavigationEnabled: true
            model: view.player.queue
            boundsBehavior: Flickable.StopAtBounds
            objectName: "queue"
            // Not bound: whoever moves an entry is on that, until another one plays.
            readonly property int playing: view.player.queue.current
            onPlayingChanged: currentIndex = playing
            Component.onCompleted: currentIndex = playing
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Queue")
            Keys.onReturnPressed: view.player.jump(currentIndex)
            Keys.onEnterPressed: view.player.jump(currentIndex)
            Keys.onDeletePressed: view.player.removeAt(currentIndex)
            Keys.onPressed: (event) => {
                const by = event.key === Qt.Key_Up ? -1 : event.key === Qt.Key_Down ? 1 : 0
                if (by === 0 || !(event.modifiers & Qt.AltModifier)) return
                event.accepted = true
                move(currentIndex, currentIndex + by)
            }
            function move(from, to) {
                if (to < 0 || to >= count || from === to) return
                view.player.moveAt(from, to)
                currentIndex = to
            }
            delegate: QueueRow {
                width: ListView.view.width
                paused: !view.player.playing
                onJumped: view.player.jump(index)
                onRemoved: view.player.removeAt(index)
                onMoved: (by) => list.move(index, Math.max(0, Math.min(list.count - 1, index + by)))
            }
        }
    }
}
