import QtQuick
import QtQuick.Templates as T
import Marea
import Marea.App

// Where one is: played, read ahead, chapters as gaps, and the time below the pointer.
T.Slider {
    id: bar
    required property PlayerViewModel player
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
    Accessible.role: Accessible.Slider
    Accessible.name: qsTr("Position: %1 of %2").arg(player.positionText).arg(player.durationText)
    onMoved: player.seek(value)
    onPressedChanged: if (!pressed) player.seek(value)
    Keys.onLeftPressed: player.seekBy(-10)
    Keys.onRightPressed: player.seekBy(10)
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
        visible: (hover.hovered || bar.pressed) && bar.player.duration > 0
        readonly property real fraction: bar.pressed ? bar.visualPosition : bar.pointed
        readonly property string chapter: bar.player.chapterAt(fraction * bar.player.duration)
        x: Math.max(0, Math.min(bar.width - width, fraction * bar.width - width / 2))
        y: -height - 4
        width: words.implicitWidth + 16
        height: 28
        radius: Theme.radiusControl
        color: bar.onPicture ? Theme.pictureSheet : Theme.raised
        border.width: 1
        border.color: bar.onPicture ? Theme.pictureHover : Theme.line
        Label {
            id: words
            anchors.centerIn: parent
            font.pixelSize: Theme.tiny
            color: bar.onPicture ? Theme.onPicture : Theme.text
            text: bar.player.clockText(bubble.fraction * bar.player.duration) + (bubble.chapter === "" ? "" : "  " + bubble.chapter)
        }
    }
}
