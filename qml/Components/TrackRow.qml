import QtQuick
import QtQuick.Templates as T
import Marea
import Marea.App

// One track in a list: number or playing mark, title, artist, length.
T.ItemDelegate {
    id: row
    required property int index
    required property string title
    required property string durationText
    property string lead: ""          // the number in the album
    property string artist: ""
    property string album: ""
    property string artwork: ""
    property bool showArtwork: false
    property string fallback: "disc-3"
    property bool playing: false      // this one is loaded
    property bool paused: false
    property bool broken: false
    property string problem: ""
    property WaveformViewModel waveform: null   // of what plays; null: not shown here
    property bool current: ListView.isCurrentItem && ListView.view.activeFocus
    signal played()

    implicitHeight: showArtwork ? 56 : 44
    hoverEnabled: true
    focusPolicy: Qt.NoFocus
    onClicked: if (ListView.view) { ListView.view.currentIndex = index }
    onDoubleClicked: played()
    Accessible.role: Accessible.ListItem
    Accessible.name: artist === "" ? title : title + ", " + artist
    Accessible.onPressAction: played()

    background: Rectangle {
        radius: Theme.radiusControl
        color: row.playing ? (Theme.playing) : row.hovered ? Theme.hover : "transparent"
        FocusRing { shown: row.current; offset: 0 }
    }
    Item {
        id: leadBox
        width: 44
        height: parent.height
        Label {
            anchors.centerIn: parent
            visible: !row.hovered && !row.playing && row.lead !== ""
            text: row.lead
            color: Theme.secondary
        }
        Icon {
            anchors.centerIn: parent
            visible: row.playing && !row.hovered
            name: row.paused ? "pause" : "audio-lines"
            size: 16
            color: Theme.accent
        }
        IconButton {
            anchors.centerIn: parent
            visible: row.hovered || (row.lead === "" && !row.playing && !row.showArtwork)
            opacity: row.hovered ? 1 : 0
            iconName: row.playing && !row.paused ? "pause" : "play"
            iconSize: 16
            focusPolicy: Qt.NoFocus
            hoverColor: "transparent"
            text: qsTr("Play %1").arg(row.title)
            onClicked: row.played()
        }
    }
    Artwork {
        id: cover
        visible: row.showArtwork
        anchors { left: leadBox.right; verticalCenter: parent.verticalCenter }
        width: visible ? 40 : 0
        height: 40
        radius: 4
        path: visible ? row.artwork : ""
        fallback: row.fallback
    }
    Column {
        id: words
        anchors { left: cover.right; leftMargin: row.showArtwork ? 12 : 4; verticalCenter: parent.verticalCenter
                  right: albumName.visible ? albumName.left : time.left; rightMargin: 16 }
        spacing: 2
        Row {
            width: parent.width
            spacing: 8
            Label {
                id: name
                width: Math.min(implicitWidth, parent.width - (row.broken ? 24 : 0))
                text: row.title
                color: row.broken ? Theme.disabled : row.playing ? Theme.accent : Theme.text
                weight: row.playing ? Font.Medium : Font.Normal
            }
            Icon { visible: row.broken; name: "triangle-alert"; size: 16; color: Theme.warning }
        }
        Label {
            width: parent.width
            visible: row.artist !== "" || row.problem !== ""
            text: row.broken && row.problem !== "" ? row.problem : row.artist
            color: Theme.secondary
            font.pixelSize: Theme.tiny
            opacity: wave.shown ? 0 : 1   // keeps its place, so that nothing moves
        }
    }
    Loader {
        id: wave
        readonly property bool shown: row.playing && row.waveform !== null && row.waveform.available
        active: row.playing && row.waveform !== null
        anchors { left: words.left; right: words.right; bottom: parent.bottom; bottomMargin: 1 }
        height: 12
        sourceComponent: Waveform { waveform: row.waveform }
    }
    Label {
        id: albumName
        visible: row.album !== "" && row.width > 640
        anchors { right: time.left; rightMargin: 16; verticalCenter: parent.verticalCenter }
        width: visible ? row.width * 0.3 : 0
        text: row.album
        color: Theme.secondary
    }
    Label {
        id: time
        anchors { right: parent.right; rightMargin: 12; verticalCenter: parent.verticalCenter }
        width: 52
        horizontalAlignment: Text.AlignRight
        text: row.durationText
        color: Theme.secondary
        tabular: true
    }
    Loader {
        active: row.current && Theme.keyboard && name.truncated   // for the pointer there is one of the whole window
        anchors.fill: parent
        sourceComponent: Tip { visible: true; text: row.title }
    }
}
