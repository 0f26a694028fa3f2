import QtQuick
import QtQuick.Window
import Marea
import Marea.App

// Sidebar or bottom bar, top bar, page, mini player.
FocusScope {
    id: frame
    required property AppContext app
    signal playerWanted()
    signal filesWanted()

    readonly property bool narrow: width < Theme.widthNarrow
    readonly property bool compact: width < Theme.widthCompact
    property bool small: false   // the film is in a window of its own
    readonly property Item corner: narrow ? null : cornerPicture.spot   // where a film goes on; a narrow window has no room
    readonly property bool withDevices: app.devices.count > 0 || app.peers.used || app.conflicts.count > 0
    readonly property bool sells: app.store.available   // by itself, so that the entries stay when it is told again
    readonly property var entries: [].concat(sections,
        sells ? [{page: "store", icon: "shopping-bag", text: qsTr("Store")}] : [],
        [{page: "downloads", icon: "download", text: qsTr("Downloads")}],
        withDevices ? [{page: "devices", icon: "smartphone", text: qsTr("Devices"), badge: app.conflicts.count}] : [])
    readonly property var sections: [
        {page: "home", icon: "house", text: qsTr("Home")},
        {page: "films", icon: "film", text: qsTr("Films")},
        {page: "series", icon: "tv", text: qsTr("Series")},
        {page: "music", icon: "music", text: qsTr("Music")},
        {page: "playlists", icon: "list-music", text: qsTr("Playlists")}
    ]

    Sidebar {
        id: sidebar
        visible: !frame.narrow
        width: visible ? (frame.compact ? 64 : 208) : 0
        anchors { left: parent.left; top: parent.top; bottom: mini.top }
        compact: frame.compact
        navigator: frame.app.navigator
        entries: frame.entries
        playlists: frame.app.playlists
        devices: frame.app.devices
        onFilesWanted: frame.filesWanted()
    }
    TopBar {
        id: top
        anchors { left: sidebar.right; right: parent.right; top: parent.top }
        app: frame.app
        narrow: frame.narrow
        onFilesWanted: frame.filesWanted()
        onPageWanted: pages.forceActiveFocus()
        unreached: away.putAway ? away.text : ""
        onUnreachedWanted: { away.aside = ""; away.forceActiveFocus() }
    }
    PageHost {
        id: pages
        focus: true
        anchors { left: sidebar.right; right: parent.right; top: top.bottom; bottom: mini.top }
        app: frame.app
        narrow: frame.narrow
    }
    AwayBar {
        id: away
        z: 1
        // Beside a film in the corner, or above it where there is no room.
        readonly property real corner: cornerPicture.visible ? cornerPicture.width + 16 : 0
        readonly property bool beside: !cornerPicture.visible || pages.width - 32 - corner >= 480
        anchors { left: sidebar.right; leftMargin: 16; bottom: mini.top; bottomMargin: beside ? 16 : cornerPicture.height + 32 }
        most: Math.min(760, pages.width - 32 - (beside ? corner : 0))
        app: frame.app
        narrow: frame.narrow
        page: pages.unreached
        onGone: pages.forceActiveFocus()
    }
    CornerPicture {
        id: cornerPicture
        z: 1
        anchors { right: pages.right; bottom: pages.bottom; margins: 16 }
        visible: !frame.narrow && player.loaded && !player.isMusic && !frame.small
        player: frame.app.player
        onClicked: frame.playerWanted()
    }
    TitleMenus { id: menus; app: frame.app; anchors.fill: parent }
    NoticeBar {
        z: 2
        notices: frame.app.notices
        anchors { horizontalCenter: pages.horizontalCenter; bottom: mini.top; bottomMargin: 16 }
    }
    ElsewhereBar {
        id: elsewhere
        anchors { left: parent.left; right: parent.right; bottom: bottomBar.top }
        height: visible ? implicitHeight : 0
        visible: any && !frame.app.player.loaded
        remote: frame.app.remote
        narrow: frame.narrow
    }
    MiniPlayer {
        id: mini
        anchors { left: parent.left; right: parent.right; bottom: elsewhere.top }
        height: visible ? implicitHeight : 0
        visible: frame.app.player.loaded
        player: frame.app.player
        narrow: frame.narrow
        onPlayerWanted: frame.playerWanted()
    }
    BottomBar {
        id: bottomBar
        objectName: "bottomBar"
        visible: frame.narrow
        height: visible ? 60 : 0
        anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
        navigator: frame.app.navigator
        entries: frame.entries
    }

    Loader { id: keys; active: false; sourceComponent: KeysSheet {} }
    Shortcut { sequence: "F1"; enabled: frame.enabled; onActivated: { keys.active = true; keys.item.show(frame.Window.activeFocusItem) } }
    Keys.onBackPressed: app.navigator.back()
    // Without Alt+Left and Alt+Right of our own: where they are the system's too, a key listed twice does nothing.
    Shortcut { sequences: [StandardKey.Back]; enabled: frame.enabled; onActivated: frame.app.navigator.back() }
    Shortcut { sequences: [StandardKey.Forward]; enabled: frame.enabled; onActivated: frame.app.navigator.forward() }
    Shortcut { sequences: [StandardKey.Find, "/"]; enabled: frame.enabled; onActivated: top.focusSearch() }
    Shortcut { sequence: "Ctrl+Space"; enabled: frame.enabled; onActivated: frame.app.player.togglePause() }
    Repeater {
        model: frame.entries
        Item {
            required property int index
            required property var modelData
            Shortcut { sequence: "Ctrl+" + (index + 1); enabled: frame.enabled; onActivated: frame.app.navigator.go(modelData.page) }
        }
    }
    MouseArea {
        anchors.fill: parent
        acceptedButtons: Qt.BackButton | Qt.ForwardButton
        onClicked: (mouse) => mouse.button === Qt.BackButton ? frame.app.navigator.back() : frame.app.navigator.forward()
    }
}
