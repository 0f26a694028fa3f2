import QtQuick
import QtQuick.Window
import Marea
import Marea.App

// The window: the frame around the pages, and the full-window player above it.
Window {
    id: window
    required property AppContext app
    property TrustViewModel trust: null

    width: app.settings.windowWidth
    height: app.settings.windowHeight
    minimumWidth: 360
    minimumHeight: 420
    visible: true
    visibility: app.settings.windowMaximized ? Window.Maximized : Window.Windowed
    title: !app.player.loaded ? "Marea"
         : app.player.isMusic ? [app.player.title, app.player.artist].filter(s => s !== "").join(" · ")
         : player.shown ? app.player.title : "Marea"
    color: Theme.background

    readonly property bool fullScreen: visibility === Window.FullScreen
    property bool wasMaximized: false
    function setFullScreen(on) {
        if (on === fullScreen) return
        if (on) wasMaximized = visibility === Window.Maximized
        on ? showFullScreen() : wasMaximized ? showMaximized() : showNormal()
    }

    function showPlayer() {
        player.show()
        if (!visible) show()   // else it would no longer be maximised
        raise()
        requestActivate()
    }

    // Made when it is first wanted. Where it is, the film is; the pages stay as they are.
    Loader {
        id: besides
        active: false
        readonly property bool on: item !== null && item.visible
        readonly property Item spot: on ? item.spot : null
        sourceComponent: SmallWindow {
            player: window.app.player
            onLargeWanted: window.showPlayer()
            onClosed: if (!frame.item || !frame.item.corner) window.app.player.pause()
        }
        function begin() { active = true; item.begin(); player.leave() }
        function end() { if (on) item.hide() }
    }
    Connections {
        target: window.app.player
        function onEntryChanged() { if (!window.app.player.loaded || window.app.player.isMusic) besides.end() }
    }

    Binding { target: Theme; property: "dark"; value: window.app.settings.dark }
    Binding { target: Theme; property: "reduceMotion"; value: window.app.settings.reduceMotion }
    Binding { target: Theme; property: "keyboard"; value: window.app.input.keyboard }
    Binding { target: Theme; property: "pictures"; value: window.app.settings.pictureSize }
    // A sync that would end with the program is told of; not where the system or a signal ends it.
    property bool leaving: false
    function mayLeave() {
        const names = leaving ? "" : app.devices.busyNames()
        if (names === "") return true
        leaveQuestion.active = true
        leaveQuestion.item.ask(qsTr("Close Marea while it works on %1?").arg(names), qsTr("What is done by now stays, and the next sync goes on from there."),
                       qsTr("Close"), () => { window.leaving = true; Qt.quit() }, activeFocusItem)
        return false
    }
    Loader { id: leaveQuestion; active: false; sourceComponent: ConfirmSheet {} }
    onClosing: (close) => {
        if (!(tray.item && tray.item.available) && !app.settings.leaving() && !mayLeave()) {
            close.accepted = false
            return
        }
        besides.end()
        if (tray.item && tray.item.available && !app.settings.leaving()) {
            close.accepted = false
            return hide()
        }
        if (visibility === Window.Windowed) app.settings.rememberWindow(width, height)
        app.settings.rememberMaximized(fullScreen ? wasMaximized : visibility === Window.Maximized)
    }

    // Only where one wants it: it is a module more to load.
    Loader {
        id: tray
        active: window.app.settings.tray
        Component.onCompleted: setSource("Components/TrayIcon.qml", {app: window.app})
    }
    Connections {
        target: tray.item
        function onWindowWanted() { window.show(); window.raise(); window.requestActivate() }
        function onQuitWanted() { window.mayLeave() ? Qt.quit() : onWindowWanted() }
    }

    FileOpener { id: opener; app: window.app }
    Loader {
        id: signIn
        anchors.fill: parent
        active: !window.app.session.inside
        visible: !player.shown
        sourceComponent: SignInPage { app: window.app; trust: window.trust; onFilesWanted: opener.open() }
        onLoaded: if (!player.shown) item.forceActiveFocus()
    }
    Loader {
        id: frame
        anchors.fill: parent
        active: window.app.session.inside
        visible: !player.shown
        enabled: !player.shown
        sourceComponent: Frame {
            app: window.app
            small: besides.on
            onPlayerWanted: player.show()
            onFilesWanted: opener.open()
        }
        onLoaded: if (!player.shown) item.forceActiveFocus()  // the player keeps the keys while the server answers
    }
    // Made with the first thing that plays, or once the pages are there, of which it is none.
    Loader {
        id: player
        anchors.fill: parent
        readonly property bool shown: item !== null && item.shown
        function show() { if (item) item.show() }
        function leave() { if (item) item.leave() }
        active: false
        Component.onCompleted: if (window.app.player.loaded) active = true
        Connections { target: window.app.player; function onEntryChanged() { if (window.app.player.loaded) player.active = true } }
        Timer { running: !player.active; interval: 2000; onTriggered: player.active = true }
        onShownChanged: if (shown) besides.end()
        sourceComponent: PlayerPage {
            app: window.app
            fullScreen: window.fullScreen
            corner: besides.spot ?? (frame.item ? frame.item.corner : null)
            onFullScreenWanted: (on) => window.setFullScreen(on)
            onSmallWanted: besides.begin()
            onClosed: {
                if (window.fullScreen) window.setFullScreen(false)
                const below = frame.item ?? signIn.item
                if (below) below.forceActiveFocus()
            }
        }
    }
    DropArea {
        anchors.fill: parent
        keys: ["text/uri-list"]   // files; titles that are dragged to a playlist are its own matter
        onDropped: (drop) => {
            if (!drop.hasUrls) return
            const folders = window.app.computer.foldersAmong(drop.urls)
            folders.length > 0 ? newFolders.offer(folders) : window.app.player.openFiles(drop.urls)
            drop.accept()
        }
        Rectangle {
            anchors.fill: parent
            visible: parent.containsDrag
            color: Theme.scrim
            Label { anchors.centerIn: parent; text: qsTr("Drop files to play them, a folder to add it"); color: Theme.onPicture; font.pixelSize: Theme.title }
        }
    }
    Loader {
        id: newFolders
        active: false
        sourceComponent: ConfirmSheet {}
        function offer(folders) {
            active = true
            item.ask(qsTr("Add to this computer's library?"), folders.join("\n"), qsTr("Add"), () => window.app.computer.add(folders), window.activeFocusItem)
        }
    }
    ElidedText { id: elided; window: window }
    Loader {
        active: elided.text !== ""
        sourceComponent: Tip {
            parent: window.contentItem
            delay: 0
            timeout: -1
            visible: true
            text: elided.text
            x: Math.round(elided.place.x + (Math.min(elided.place.width, implicitWidth) - implicitWidth) / 2)
            y: Math.round(elided.place.y) - implicitHeight - 6
        }
    }
    Shortcut { sequences: [StandardKey.Open]; onActivated: opener.open() }
    Shortcut { sequences: [StandardKey.Quit]; onActivated: if (window.mayLeave()) Qt.quit() }
    Shortcut { sequences: ["Media Play", "Media Pause", "Toggle Media Play/Pause"]; onActivated: window.app.player.togglePause() }
    Shortcut { sequence: "Media Next"; onActivated: window.app.player.next() }
    Shortcut { sequence: "Media Previous"; onActivated: window.app.player.previous() }
    Shortcut { sequence: "Media Stop"; onActivated: window.app.player.stop() }
    Shortcut { sequence: "F11"; enabled: !player.shown; onActivated: window.setFullScreen(!window.fullScreen) }
}
