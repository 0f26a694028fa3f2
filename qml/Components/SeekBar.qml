import QtQuick
import QtQuick.Templates as T
import Marea
import Marea.App

// Where one is: played, read ahead, chapters as gaps, and the moment below the pointer, with its picture.
T.Slider {
    id: bar
    required property PlayerViewModel player
    property PreviewViewModel previews: null
    property bool onPicture: false
    property bool compact: false

    implicitHeight: compact ? 24 : Theme.target
    from: 0
    to: Math.max(1, player.duration)
    enabled: player.duration > 0
    live: false
    stepSize: 0
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    onHoveredChanged: if (hovered && previews) previews.want()
    Accessible.role: Accessible.Slider
    Accessible.name: qsTr("Position: %1 of %2").arg(player.positionText).arg(player.durationText)
    Accessible.onIncreaseAction: player.seekBy(5)
    Accessible.onDecreaseAction: player.seekBy(-5)
    onPressedChanged: if (!pressed) player.seek(value)
    Keys.onLeftPressed: player.seekBy(-5)
    Keys.onRightPressed: player.seekBy(5)
    Binding { target: bar; property: "value"; value: bar.player.position; when: !bar.pressed; restoreMode: Binding.RestoreNone }

    readonly property real pointed: hover.hovered ? Math.max(0, Math.min(1, hover.point.position.x / Math.max(1, width))) : 0
    readonly property real shownFraction: pressed ? visualPosition : player.duration > 0 ? Math.min(1, player.position / player.duration) : 0
    HoverHandler { id: hover }

    background: Item {
        Rectangle {
            id: track
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width
            height: bar.hovered || bar.pressed || bar.visualFocus ? 6 : 4
            radius: height / 2
            color: bar.onPicture ? Theme.pictureLine : Theme.track
            Behavior on height { NumberAnimation { duration: Theme.quick } }
            Rectangle {
                height: parent.height; radius: height / 2
                width: bar.player.duration > 0 ? parent.width * Math.min(1, bar.player.buffered / bar.player.duration) : 0
                color: bar.onPicture ? Theme.pictureLineMore : Theme.trackMore
            }
            Rectangle {
                height: parent.height; radius: height / 2
                width: parent.width * bar.shownFraction
                color: bar.onPicture ? Theme.pictureAccent : Theme.accent
            }
            Repeater {
                model: bar.compact ? [] : bar.player.chapters
                Rectangle {
                    required property var modelData
                    visible: modelData.start > 0 && modelData.start < bar.player.duration
                    x: bar.player.duration > 0 ? track.width * modelData.start / bar.player.duration - 1 : 0
                    width: 3
                    height: track.height
                    color: bar.onPicture ? Theme.pictureBadge : Theme.background
                }
            }
        }
        FocusRing { shown: bar.visualFocus; offset: 0 }
    }
    handle: Rectangle {
        x: bar.shownFraction * (bar.width - width)
        anchors.verticalCenter: bar.verticalCenter
        width: 14; height: 14; radius: 7
        visible: bar.hovered || bar.pressed || bar.visualFocus
        color: bar.onPicture ? Theme.pictureInk : Theme.text
    }
    Rectangle {
        id: bubble
        visible: (bar.hovered || bar.pressed) && bar.player.duration > 0
        readonly property real fraction: bar.pressed ? bar.visualPosition : bar.pointed
        readonly property real seconds: fraction * bar.player.duration
        readonly property string chapter: bar.player.chapterAt(seconds)
        readonly property var tile: bar.previews && bar.previews.available ? bar.previews.at(seconds) : ({})
        readonly property bool pictured: tile.sheet !== undefined && sheet.status === Image.Ready
        x: Math.round(Math.max(0, Math.min(bar.width - width, fraction * bar.width - width / 2)))
        y: -height - 4
        width: Math.max(pictured ? picture.width + 8 : 0, Math.min(words.implicitWidth + 16, 320))
        height: pictured ? picture.height + 36 : 28
        radius: Theme.radiusControl
        color: bar.onPicture ? Theme.pictureSheet : Theme.raised
        border.width: 1
        border.color: bar.onPicture ? Theme.pictureHover : Theme.line
        Item {
            id: picture
            visible: bubble.pictured
            readonly property real scaling: bubble.tile.width ? Math.min(192 / bubble.tile.width, 120 / bubble.tile.height) : 1
            anchors.horizontalCenter: parent.horizontalCenter
            y: 4
            width: Math.round((bubble.tile.width ?? 0) * scaling)
            height: Math.round((bubble.tile.height ?? 0) * scaling)
            clip: true
            Image {
                id: sheet
                asynchronous: true
                source: bubble.tile.sheet ? "image://artwork/whole" + bubble.tile.sheet : ""
                x: -(bubble.tile.x ?? 0) * picture.scaling
                y: -(bubble.tile.y ?? 0) * picture.scaling
                width: implicitWidth * picture.scaling
                height: implicitHeight * picture.scaling
                Accessible.ignored: true
            }
        }
        Label {
            id: words
            anchors { horizontalCenter: parent.horizontalCenter; bottom: parent.bottom; bottomMargin: 6 }
            width: Math.min(implicitWidth, bubble.width - 16)
            font.pixelSize: Theme.tiny
            color: bar.onPicture ? Theme.onPicture : Theme.text
            text: bar.player.clockText(bubble.seconds) + (bubble.chapter === "" ? "" : "  " + bubble.chapter)
        }
    }
}
