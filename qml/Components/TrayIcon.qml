import QtQuick
import Qt.labs.platform as Platform
import Marea.App

// Marea in the system's tray. Loaded by its address and only when it is wanted: not every system has the module, or a tray.
Platform.SystemTrayIcon {
    id: tray
    required property AppContext app
    signal windowWanted()
    signal quitWanted()
    readonly property PlayerViewModel player: app.player

    visible: available
    icon.source: "qrc:/icons/marea.svg"
    tooltip: !player.loaded ? "Marea" : [player.title, player.artist].filter(s => s !== "").join(" · ")
    onActivated: (reason) => {
        if (reason === Platform.SystemTrayIcon.Trigger || reason === Platform.SystemTrayIcon.DoubleClick) windowWanted()
        if (reason === Platform.SystemTrayIcon.MiddleClick) player.togglePause()
    }
    menu: Platform.Menu {
        Platform.MenuItem { enabled: false; visible: tray.player.loaded; text: tray.player.title }
        Platform.MenuItem { enabled: tray.player.loaded; text: tray.player.playing ? qsTr("Pause") : qsTr("Play"); onTriggered: tray.player.togglePause() }
        Platform.MenuItem { enabled: tray.player.hasNext; text: qsTr("Next"); onTriggered: tray.player.next() }
        Platform.MenuSeparator {}
        Platform.MenuItem { text: qsTr("Show Marea"); onTriggered: tray.windowWanted() }
        Platform.MenuItem { text: qsTr("Quit"); onTriggered: tray.quitWanted() }
    }
}
