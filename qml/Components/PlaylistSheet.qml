import QtQuick
import Marea
import Marea.App

// A name, what it is for, and who sees it: of a new playlist, or of one that is there.
Sheet {
    id: sheet
    required property AppContext app
    property PlaylistViewModel playlist: null   // null: a new one
    property var media: []                      // that the new one begins with
    property string visibility: "private"
    property string problem: ""
    signal made(string id)                      // the new one; "": in other libraries alone
    readonly property var choices: [
        {value: "private", text: qsTr("Only me"), icon: "lock"}, {value: "public", text: qsTr("Others can see it"), icon: "globe"},
        {value: "collaborative", text: qsTr("Others can add to it"), icon: "users"}]

    title: playlist ? qsTr("Edit playlist") : qsTr("New playlist")
    first: name
    function ask(back) {
        name.text = playlist ? playlist.name : ""
        about.text = playlist ? playlist.description : ""
        visibility = playlist ? playlist.visibility : "private"
        problem = ""
        show(back)
    }
    function save() {
        if (name.text.trim() === "") return
        if (playlist) playlist.change({name: name.text.trim(), description: about.text.trim(), visibility: visibility})
        else app.playlists.create(name.text, media)
    }
    Connections {
        target: sheet.playlist
        enabled: sheet.visible
        function onSaved() { sheet.close() }
    }
    Connections {
        target: sheet.app.playlists
        enabled: sheet.visible && !sheet.playlist
        function onCreated(id) { sheet.close(); sheet.made(id) }
        function onRefused(text) { sheet.problem = text }
    }

    Field { id: name; width: parent.width; placeholderText: qsTr("Name"); maximumLength: 200; onAccepted: sheet.save() }
    Field { id: about; width: parent.width; visible: sheet.playlist !== null; placeholderText: qsTr("Description"); maximumLength: 2000; onAccepted: sheet.save() }
    Flow {
        width: parent.width
        spacing: 8
        visible: sheet.playlist !== null
        Repeater {
            model: sheet.choices
            Chip {
                required property var modelData
                text: modelData.text
                iconName: modelData.icon
                checkable: true
                checked: sheet.visibility === modelData.value
                onClicked: { sheet.visibility = modelData.value; checked = Qt.binding(() => sheet.visibility === modelData.value) }
            }
        }
    }
    Label {
        width: parent.width
        visible: text !== ""
        text: sheet.playlist ? sheet.playlist.conflict : sheet.problem
        color: Theme.error
        wrapMode: Text.Wrap
        elide: Text.ElideNone
        Accessible.role: Accessible.AlertMessage
        Accessible.name: text
    }
    buttons: [
        AppButton { primary: true; enabled: name.text.trim() !== ""; text: sheet.playlist ? qsTr("Save") : qsTr("Create"); onClicked: sheet.save() },
        AppButton { quiet: true; text: qsTr("Cancel"); onClicked: sheet.close() }
    ]
}
