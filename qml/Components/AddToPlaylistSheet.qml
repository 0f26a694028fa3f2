import QtQuick
import QtQuick.Templates as T
import Marea
import Marea.App

// To which playlist: one that is there, or a new one by its name.
Sheet {
    id: sheet
    required property AppContext app
    property var media: []
    readonly property PlaylistsModel playlists: app.playlists

    title: qsTr("Add to playlist")
    wide: 420
    first: list.count > 0 ? list : name
    function ask(titles, back) {
        media = titles
        name.clear()
        problem.text = ""
        playlists.reload()
        show(back)
    }
    function addTo(id) {
        close()
        playlists.add(id, media)
    }
    function make() {
        if (name.text.trim() !== "") playlists.create(name.text, media)
    }
    Connections {
        target: sheet.playlists
        enabled: sheet.visible
        function onCreated(id) { sheet.close() }
        function onRefused(text) { problem.text = text }
    }

    ListView {
        id: list
        width: parent.width
        height: Math.min(320, contentHeight)
        clip: true
        visible: count > 0
        activeFocusOnTab: true
        keyNavigationEnabled: true
        boundsBehavior: Flickable.StopAtBounds
        model: sheet.playlists.targets
        Accessible.role: Accessible.List
        Accessible.name: sheet.title
        Keys.onReturnPressed: if (currentItem) currentItem.clicked()
        Keys.onEnterPressed: if (currentItem) currentItem.clicked()
        delegate: T.ItemDelegate {
            id: row
            required property int index
            required property var modelData
            width: ListView.view.width
            height: 52
            hoverEnabled: true
            focusPolicy: Qt.NoFocus
            Accessible.role: Accessible.ListItem
            Accessible.name: modelData.text + ", " + modelData.detail
            Accessible.onPressAction: clicked()
            onClicked: sheet.addTo(modelData.value)
            background: Rectangle {
                radius: Theme.radiusControl
                color: row.hovered ? Theme.hover : "transparent"
                FocusRing { shown: row.ListView.isCurrentItem && list.activeFocus; offset: -2 }
            }
            Component.onCompleted: sheet.playlists.wantCovers(modelData.value)
            readonly property var covers: sheet.playlists.coversRevision >= 0 ? sheet.playlists.covers(modelData.value) : []
            Mosaic { visible: row.covers.length > 0; x: 4; anchors.verticalCenter: parent.verticalCenter; width: 32; height: 32; pictures: row.covers; fallback: "list-music" }
            Icon { visible: row.covers.length === 0; x: 10; anchors.verticalCenter: parent.verticalCenter; name: "list-music"; color: Theme.secondary }
            Column {
                anchors { left: parent.left; leftMargin: 44; right: parent.right; rightMargin: 8; verticalCenter: parent.verticalCenter }
                Label { width: parent.width; text: row.modelData.text; weight: Font.Medium }
                Label { width: parent.width; text: row.modelData.detail; color: Theme.secondary; font.pixelSize: Theme.tiny }
            }
        }
    }
    Field { id: name; width: parent.width; iconName: "plus"; placeholderText: qsTr("New playlist"); maximumLength: 200; onAccepted: sheet.make() }
    Label { id: problem; width: parent.width; visible: text !== ""; color: Theme.error; wrapMode: Text.Wrap; elide: Text.ElideNone; Accessible.role: Accessible.AlertMessage; Accessible.name: text }
    buttons: [
        AppButton { primary: true; enabled: name.text.trim() !== ""; text: qsTr("Create"); onClicked: sheet.make() },
        AppButton { quiet: true; text: qsTr("Cancel"); onClicked: sheet.close() }
    ]
}
