import QtQuick
import QtQuick.Window
import Marea
import Marea.App

// The full-window player: the picture, or the music with its queue, and the controls that fade.
FocusScope {
    id: page
    required property AppContext app
    readonly property PlayerViewModel player: app.player
    property bool fullScreen: false
    property Item corner: null   // where a film goes on when one leaves
    property bool shown: false
    readonly property bool music: player.isMusic
    readonly property bool narrow: width < Theme.widthNarrow
    property bool statistics: false
    property bool keys: false
    property bool controls: true
    readonly property bool held: music || !player.playing || player.failed || keys || bottom.menuOpen || pointerOnControls.hovered || bottom.keyboardFocus
    signal fullScreenWanted(bool on)
    signal smallWanted()
    signal closed()

    // Subtitles stand above the controls while these are there.
    readonly property real foot: shown && !music && controls ? Math.min(0.4, 124 / Math.max(1, height)) : 0
    onFootChanged: player.raiseSubtitles(foot)

    visible: shown
    enabled: shown

    function show() { if (player.loaded) { shown = true; wake(); forceActiveFocus() } }
    function leave() {
        if (!shown) return
        if (!music && player.playing && !corner) player.pause()
        bottom.closeMenu()   // before the page goes away below it: it would keep the keys
        shown = false
        keys = false
        closed()
    }
    onCornerChanged: if (!corner && !shown && !music && player.playing) player.pause()   // the window became narrow
    function stepSpeed(by) {
        const steps = [0.5, 0.75, 1, 1.25, 1.5, 2]
        const now = steps.reduce((best, s, i) => Math.abs(s - player.speed) < Math.abs(steps[best] - player.speed) ? i : best, 0)
        player.speed = steps[Math.max(0, Math.min(steps.length - 1, now + by))]
        hint.show(steps[Math.max(0, Math.min(steps.length - 1, now + by))] + "×", "gauge")
    }
    function wake() { controls = true; sleep.restart() }
    onHeldChanged: wake()
    // Enter tries again; then the keys are the player's as before.
    readonly property bool failed: player.failed
    onFailedChanged: {
        if (!shown) return
        if (failed) return again.forceActiveFocus(Qt.TabFocusReason)
        again.focus = false
        forceActiveFocus()
    }
    Timer { id: sleep; interval: Theme.controlsDelay; onTriggered: if (!page.held) page.controls = false }
    Connections {
        target: page.app.remote
        function onProblemChanged() { if (page.shown && page.app.remote.problem !== "") hint.show(page.app.remote.problem, "circle-alert") }
    }
    Connections {
        target: page.player
        function onOpened() { if (!page.player.isMusic || page.player.mediaId === "") page.show() }
        function onEntryChanged() { if (!page.player.loaded) page.leave() }
        function onFinished() { if (!page.music) { page.leave(); page.player.stop() } }   // seen to its end, it is put away
    }

    Connections {
        target: page.app.tuning
        function onSaid(words, icon) { if (page.shown) hint.show(words, icon) }
    }

    Rectangle { anchors.fill: parent; color: Theme.pictureBlack }
    Item { id: stage; anchors.fill: parent }
    Loader {
        parent: page.shown || !page.corner ? stage : page.corner
        anchors.fill: parent
        active: page.player.loaded && !page.music && (page.shown || page.corner !== null)
        sourceComponent: Picture { player: page.player; ownWindow: page.app.pictureWindow }
    }
    Loader {
        anchors.fill: parent
        active: page.music && page.shown
        sourceComponent: MusicView { player: page.player; lyrics: page.app.lyrics; narrow: page.narrow }
    }
    MouseArea {
        anchors.fill: parent
        enabled: !page.music
        hoverEnabled: true
        cursorShape: page.controls ? Qt.ArrowCursor : Qt.BlankCursor
        onPositionChanged: page.wake()
        onClicked: { page.wake(); page.forceActiveFocus(); single.restart() }
        onDoubleClicked: { single.stop(); page.fullScreenWanted(!page.fullScreen) }
        onWheel: (wheel) => { page.player.changeVolume(wheel.angleDelta.y / 24); hint.show(page.player.volume.toFixed(0) + " %", "volume-2") }
        Timer { id: single; interval: 220; onTriggered: page.player.togglePause() }
    }
    Item {
        id: spinner
        anchors.centerIn: parent
        width: 56; height: 56
        readonly property bool waiting: page.player.busy && !page.player.failed && page.shown
        visible: opacity > 0
        opacity: late.due ? 1 : 0
        Behavior on opacity { NumberAnimation { duration: Theme.calm } }
        Late { id: late; waiting: spinner.waiting; sourceComponent: Item {} }
        Rectangle { anchors.fill: parent; radius: width / 2; color: Theme.pictureBadge }   // seen on a bright picture too
        Icon {
            anchors.centerIn: parent
            name: "loader-circle"; size: 32; color: Theme.onPicture
            RotationAnimation on rotation { running: spinner.visible && !Theme.reduceMotion; from: 0; to: 360; duration: 1000; loops: Animation.Infinite }
        }
    }
    Rectangle {   // why nothing comes
        readonly property string words: page.shown ? page.player.waiting : ""
        anchors { horizontalCenter: spinner.horizontalCenter; top: spinner.bottom; topMargin: 16 }
        width: reason.width + 32
        height: reason.height + 20
        radius: Theme.radiusCard
        color: Theme.pictureSheet
        visible: words !== ""
        Accessible.role: Accessible.AlertMessage
        Accessible.name: words
        Label {
            id: reason
            anchors.centerIn: parent
            width: Math.min(implicitWidth, page.width - 80)
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            elide: Text.ElideNone
            text: parent.words
            color: Theme.onPicture
            Accessible.ignored: true
        }
    }
    Rectangle {
        visible: problem.visible
        anchors.centerIn: problem
        width: problem.width + 48; height: problem.height + 48
        radius: Theme.radiusSheet
        color: Theme.pictureSheet
    }
    Column {
        id: problem
        anchors.centerIn: parent
        width: Math.min(parent.width - 96, 420)
        spacing: 16
        visible: page.player.failed
        Icon { anchors.horizontalCenter: parent.horizontalCenter; name: "circle-alert"; size: 40; color: Theme.pictureWarning }
        Label { width: parent.width; horizontalAlignment: Text.AlignHCenter; wrapMode: Text.Wrap; elide: Text.ElideNone; text: page.player.problem; color: Theme.onPicture; font.pixelSize: Theme.body }
        Row {
            anchors.horizontalCenter: parent.horizontalCenter
            spacing: 8
            AppButton { id: again; primary: true; text: qsTr("Try again"); onClicked: page.player.retry() }
            AppButton { text: qsTr("Close"); onClicked: { page.player.stop(); page.leave() } }
        }
    }
    PlayerHint { id: hint; anchors { horizontalCenter: parent.horizontalCenter; top: parent.top; topMargin: 96 } }

    Item {
        id: overlay
        anchors.fill: parent
        opacity: page.controls ? 1 : 0
        visible: opacity > 0
        Behavior on opacity { NumberAnimation { duration: Theme.calm; easing.type: Easing.OutQuad } }
        Rectangle {
            visible: !page.music
            width: parent.width; height: 140
            gradient: Gradient { GradientStop { position: 0; color: Theme.pictureTrack } GradientStop { position: 1; color: "transparent" } }
        }
        Rectangle {
            visible: !page.music
            width: parent.width; height: 220
            anchors.bottom: parent.bottom
            gradient: Gradient { GradientStop { position: 0; color: "transparent" } GradientStop { position: 1; color: Theme.pictureShadeMore } }
        }
        Item {
            id: head
            width: parent.width
            height: 72
            IconButton {
                id: close
                x: 16
                anchors.verticalCenter: parent.verticalCenter
                iconName: page.music ? "chevron-down" : "chevron-left"
                iconSize: 24
                color: Theme.onPicture
                hoverColor: Theme.pictureHover
                text: qsTr("Close the player")
                shortcut: "Esc"
                onClicked: page.leave()
            }
            Column {
                visible: !page.music
                anchors { left: close.right; leftMargin: 12; right: parent.right; rightMargin: 24; verticalCenter: parent.verticalCenter }
                spacing: 2
                Label { width: parent.width; text: page.player.title; color: Theme.onPicture; font.pixelSize: Theme.heading; weight: Font.DemiBold }
                Label { width: parent.width; visible: text !== ""; text: page.player.artist; color: Theme.onPictureSecondary }
            }
        }
        PlayerControls {
            id: bottom
            anchors { left: parent.left; right: parent.right; bottom: parent.bottom; margins: page.narrow ? 12 : 24 }
            player: page.player
            settings: page.app.settings
            previews: page.app.previews
            remote: page.app.remote
            tuning: page.app.tuning
            ownWindow: page.app.pictureWindow
            fullScreen: page.fullScreen
            narrow: page.narrow
            music: page.music
            onFullScreenWanted: page.fullScreenWanted(!page.fullScreen)
            onSmallWanted: page.smallWanted()
            onKeysWanted: page.keys = true
            onActivity: page.wake()
            HoverHandler { id: pointerOnControls }
        }
    }
    NoticeBar {
        notices: page.app.notices
        anchors { horizontalCenter: parent.horizontalCenter; bottom: parent.bottom; bottomMargin: 144 }
    }
    StatisticsView { visible: page.statistics; player: page.player; settings: page.app.settings; anchors { left: parent.left; top: parent.top; leftMargin: 24; topMargin: 80 } }
    KeysView { visible: page.keys; anchors.fill: parent; onClosed: { page.keys = false; page.forceActiveFocus() } }

    // Which key asks for what stands in one table for all windows; what it is that is asked, the player does or the page.
    Keys.onPressed: (event) => {
        wake()
        const act = page.player.actOf(event.key)
        if (event.modifiers & (Qt.ControlModifier | Qt.AltModifier | Qt.MetaModifier) || act === "") return
        if (pageActs[act]) pageActs[act]()
        else page.player.act(act)
        if (hints[act]) hints[act]()
        event.accepted = true
    }
    readonly property var pageActs: ({
        "full": () => page.fullScreenWanted(!page.fullScreen),
        "small": () => { if (!page.music) page.smallWanted() },
        "hdr": () => page.app.pictureWindow.toggle(),
        "chapters": () => bottom.openChapters(),
        "subtitles": () => { const shown = page.player.cycleSubtitle(); if (shown !== "") hint.show(qsTr("Subtitles: %1").arg(shown), "captions") },
        "loop": () => page.app.tuning.act("loop"),
        "picture": () => page.app.tuning.act("picture"),
        "slower": () => page.stepSpeed(-1),
        "faster": () => page.stepSpeed(1),
        "statistics": () => { page.statistics = !page.statistics },
        "keys": () => { page.keys = !page.keys },
        "escape": () => { if (page.keys) page.keys = false; else if (page.fullScreen) page.fullScreenWanted(false); else page.leave() },
        "leave": () => page.leave()
    })
    readonly property var hints: ({
        "pause": () => hint.show("", page.player.playing ? "pause" : "play"),
        "back": () => hint.show("−10 s", "rotate-ccw"),
        "forward": () => hint.show("+10 s", "rotate-cw"),
        "back-bit": () => hint.show("−5 s", "rotate-ccw"),
        "forward-bit": () => hint.show("+5 s", "rotate-cw"),
        "louder": () => hint.show(page.player.volume.toFixed(0) + " %", "volume-2"),
        "softer": () => hint.show(page.player.volume.toFixed(0) + " %", "volume-1"),
        "mute": () => hint.show("", page.player.muted ? "volume-x" : "volume-2")
    })
}
