import QtQuick
import QtQuick.Window
import Marea
import Marea.App

// Seek bar and buttons at the foot of the player.
FocusScope {
    id: bar
    required property PlayerViewModel player
    required property SettingsViewModel settings
    required property PreviewViewModel previews
    required property RemoteViewModel remote
    required property TuningViewModel tuning
    required property PictureWindow ownWindow
    property bool fullScreen: false
    property bool narrow: false
    property bool music: false
    readonly property bool menuOpen: menu.visible
    readonly property Item focused: activeFocus ? Window.activeFocusItem : null
    readonly property bool keyboardFocus: focused !== null && focused.visualFocus === true
    signal fullScreenWanted()
    signal smallWanted()
    signal keysWanted()
    signal activity()

    implicitHeight: 96
    readonly property color ink: Theme.onPicture
    component Control: IconButton { color: bar.ink; hoverColor: Theme.pictureHover; implicitWidth: bar.narrow ? Theme.target : 40; onActiveFocusChanged: bar.activity() }

    function closeMenu() { menu.close() }
    function openChapters() {
        if (player.chapters.length > 0) open(chapters, qsTr("Chapters"), player.chapters, value => player.seek(value))
    }
    function openSpeed(item) {
        open(item, qsTr("Speed"), [0.5, 0.75, 1, 1.25, 1.5, 2].map(s => ({text: s + "×", value: s, checked: Math.abs(player.speed - s) < 0.01})), value => player.speed = value)
    }
    // What is seldom wanted, behind one button: a list, and behind each of it another.
    function openMore() {
        const speeds = narrow ? [{text: qsTr("Speed"), value: "speed", detail: player.speed + "×"}] : []   // has no button then
        open(more, qsTr("More"), [...speeds, ...tuning.more], name => {
            if (name === "speed") return openSpeed(more)
            const below = tuning.choices(name)
            if (below.length === 0) return tuning.act(name)
            open(more, tuning.more.find(m => m.value === name).text, below, value => tuning.choose(name, value))
        })
    }
    function open(item, title, choices, act) {
        menu.title = title
        menu.choices = choices
        menu.act = act
        menu.openAt(item, true)
    }
    ChoiceMenu {
        id: menu
        property var act: null
        onPicture: true
        implicitWidth: 300
        onChosen: (value) => { if (act) act(value); bar.activity() }
    }

    Item {
        id: line
        width: parent.width
        height: 36
        Label { id: now; anchors.verticalCenter: parent.verticalCenter; width: 56; text: bar.player.positionText; color: bar.ink; font.pixelSize: Theme.tiny }
        SeekBar { id: seek; onPicture: true; player: bar.player; previews: bar.music ? null : bar.previews; anchors { left: now.right; leftMargin: 8; right: length.left; rightMargin: 8; verticalCenter: parent.verticalCenter } }
        Label { id: length; anchors { right: parent.right; verticalCenter: parent.verticalCenter } width: 56; horizontalAlignment: Text.AlignRight; text: bar.player.durationText; color: bar.ink; font.pixelSize: Theme.tiny }
    }
    Row {
        id: left
        anchors { left: parent.left; top: line.bottom; topMargin: 8 }
        spacing: bar.narrow ? 0 : 4
        Control {
            id: play
            width: 48; height: 48
            focus: true
            round: true
            iconSize: 26
            iconName: bar.player.playing ? "pause" : "play"
            text: bar.player.playing ? qsTr("Pause") : qsTr("Play")
            shortcut: qsTr("Space")
            onClicked: bar.player.togglePause()
        }
        Control { anchors.verticalCenter: parent.verticalCenter; visible: bar.player.queue.count > 1; iconName: "skip-back"; text: qsTr("Previous"); shortcut: "P"; onClicked: bar.player.previous() }
        Control { anchors.verticalCenter: parent.verticalCenter; visible: !bar.narrow; iconName: "rotate-ccw"; text: qsTr("10 seconds back"); shortcut: "J"; onClicked: bar.player.seekBy(-10) }
        Control { anchors.verticalCenter: parent.verticalCenter; visible: !bar.narrow; iconName: "rotate-cw"; text: qsTr("10 seconds on"); shortcut: "L"; onClicked: bar.player.seekBy(10) }
        Control { anchors.verticalCenter: parent.verticalCenter; visible: bar.player.queue.count > 1; iconName: "skip-forward"; text: qsTr("Next"); shortcut: "N"; enabled: bar.player.hasNext; onClicked: bar.player.next() }
        Control {
            anchors.verticalCenter: parent.verticalCenter
            iconName: bar.player.muted || bar.player.volume === 0 ? "volume-x" : bar.player.volume < 50 ? "volume-1" : "volume-2"
            text: bar.player.muted ? qsTr("Unmute") : qsTr("Mute")
            shortcut: "M"
            onClicked: bar.player.toggleMute()
        }
        Slide {
            visible: !bar.narrow
            anchors.verticalCenter: parent.verticalCenter
            width: 96
            label: qsTr("Volume")
            ink: bar.ink
            track: Theme.pictureLine
            value: bar.player.muted ? 0 : bar.player.volume / 100
            onMoved: bar.player.volume = value * 100
        }
    }
    Row {
        anchors { right: parent.right; verticalCenter: left.verticalCenter }
        spacing: bar.narrow ? 0 : 4
        Control { id: chapters; visible: bar.player.chapters.length > 0; iconName: "bookmark"; text: qsTr("Chapters"); shortcut: "C"; onClicked: bar.openChapters() }
        Control {
            id: audio
            readonly property bool served: bar.player.delivery !== "" && !bar.music   // what a server sends it can change
            visible: bar.player.audioTracks.length > (served ? 0 : 1)
            iconName: "audio-lines"
            text: qsTr("Audio")
            onClicked: bar.open(audio, qsTr("Audio"), [...bar.player.audioTracks, ...(served ? [{heading: qsTr("Sound")}, ...bar.settings.soundProfiles] : [])],
                                value => {
                                    if (typeof value === "number") return bar.player.selectAudio(value)
                                    if (value === bar.settings.soundProfile) return
                                    bar.settings.soundProfile = value
                                    bar.player.reload()
                                })
        }
        Control {
            id: subtitles
            visible: bar.player.subtitleTracks.length > 0
            iconName: "captions"
            text: qsTr("Subtitles")
            shortcut: "S"
            onClicked: bar.open(subtitles, qsTr("Subtitles"), bar.player.subtitleTracks, value => bar.player.selectSubtitle(value))
        }
        Control {
            id: speed
            visible: !bar.narrow
            iconName: "gauge"
            text: qsTr("Speed")
            onClicked: bar.openSpeed(speed)
        }
        Control {
            id: quality
            visible: bar.player.delivery !== "" && !bar.music
            iconName: "settings"
            text: qsTr("Quality: %1").arg(bar.player.delivery)
            onClicked: bar.open(quality, qsTr("Quality"), bar.settings.streamLimits.map(l => l.value === 0 && l.checked ? Object.assign({}, l, {detail: bar.player.delivery}) : l), value => { if (value !== bar.settings.streamLimit) { bar.settings.streamLimit = value; bar.player.reload() } })
        }
        Control {
            id: more
            iconName: bar.tuning.sleeping ? "timer" : "sliders-horizontal"
            text: qsTr("More")
            onClicked: bar.openMore()
        }
        Control {
            id: devices
            visible: bar.remote.players.length > 0 && bar.player.mediaId !== "" && bar.player.place === ""
            iconName: "monitor"
            text: qsTr("Play on another device")
            onClicked: bar.open(devices, qsTr("Play on"), bar.remote.players, value => bar.remote.playOn(value))
        }
        Control { visible: !bar.narrow; iconName: "keyboard"; text: qsTr("Keys"); shortcut: "?"; onClicked: bar.keysWanted() }
        Control { visible: bar.ownWindow.offered; iconName: "monitor-play"; text: bar.ownWindow.open ? qsTr("Back from the HDR window") : qsTr("HDR window"); shortcut: "H"; onClicked: bar.ownWindow.toggle() }
        Control { visible: !bar.narrow && !bar.music; iconName: "picture-in-picture-2"; text: qsTr("Small window"); shortcut: "W"; onClicked: bar.smallWanted() }
        Control { id: screen; iconName: bar.fullScreen ? "minimize" : "maximize"; text: bar.fullScreen ? qsTr("Leave full screen") : qsTr("Full screen"); shortcut: "F"; onClicked: bar.fullScreenWanted() }
    }
}
