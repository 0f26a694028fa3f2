import QtQuick
import Marea
import Marea.App

// The rules of a smart playlist, and how many titles they find as they are.
Sheet {
    id: sheet
    required property AppContext app
    property PlaylistViewModel playlist: null   // null: a new one
    readonly property SmartRulesViewModel rules: app.smartRules()
    property string problem: ""
    signal made(string id)                      // the new one; "": in other libraries alone

    title: playlist ? qsTr("Rules") : qsTr("New smart playlist")
    wide: 640
    first: playlist ? addButton : name
    function ask(back) {
        name.text = playlist ? playlist.name : ""
        problem = ""
        rules.load(playlist ? playlist.rules : ({}))
        most.text = rules.limit
        show(back)
    }
    readonly property bool ready: name.text.trim() !== "" && rules.valid
    function save() {
        if (!ready) return
        if (playlist) playlist.change({name: name.text.trim(), rules: rules.rules()})
        else app.playlists.createSmart(name.text, rules.rules())
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
    Row {
        spacing: 8
        Repeater {
            model: [{value: "all", text: qsTr("All rules")}, {value: "any", text: qsTr("Any rule")}]
            Chip {
                required property var modelData
                text: modelData.text
                checkable: true
                checked: sheet.rules.match === modelData.value
                onClicked: { sheet.rules.match = modelData.value; checked = Qt.binding(() => sheet.rules.match === modelData.value) }
            }
        }
    }
    Column {
        width: parent.width
        spacing: 8
        Repeater {
            model: sheet.rules.rows
            SmartRuleRow { width: parent.width; rules: sheet.rules }
        }
        AppButton { id: addButton; quiet: true; iconName: "plus"; text: qsTr("Add a rule"); onClicked: sheet.rules.addRule() }
    }
    Flow {
        width: parent.width
        spacing: 8
        Chip {
            id: sortChip
            iconName: sheet.rules.order === "desc" ? "arrow-down-wide-narrow" : "arrow-up-narrow-wide"
            chevron: true
            text: (sheet.rules.sortChoices.find(c => c.value === sheet.rules.sort) ?? {text: ""}).text
            Accessible.name: qsTr("Sorted by %1").arg(text)
            onClicked: sorts.openAt(sortChip, true)
            ChoiceMenu {
                id: sorts
                title: qsTr("Sort by")
                implicitWidth: 220
                choices: sheet.rules.sortChoices.map(c => ({text: c.text, value: c.value, checked: c.value === sheet.rules.sort}))
                    .concat([{heading: qsTr("Order")}, {text: qsTr("Ascending"), value: "asc", checked: sheet.rules.order === "asc"}, {text: qsTr("Descending"), value: "desc", checked: sheet.rules.order === "desc"}])
                onChosen: (value) => value === "asc" || value === "desc" ? sheet.rules.order = value : sheet.rules.sort = value
            }
        }
        Label { height: Theme.target; verticalAlignment: Text.AlignVCenter; text: qsTr("at most"); color: Theme.secondary }
        Field { id: most; width: 90; height: Theme.target; label: qsTr("At most so many titles"); validator: IntValidator { bottom: 1; top: 10000 } onTextEdited: if (acceptableInput) sheet.rules.limit = Number(text) }
    }
    Column {
        width: parent.width
        spacing: 2
        Label { width: parent.width; text: sheet.rules.valid ? sheet.rules.countText : qsTr("Fill in each rule."); weight: Font.Medium; Accessible.role: Accessible.StaticText; Accessible.name: text }
        Label { width: parent.width; text: sheet.rules.sample; color: Theme.secondary; font.pixelSize: Theme.tiny }
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
        AppButton { primary: true; enabled: sheet.ready; text: sheet.playlist ? qsTr("Save") : qsTr("Create"); onClicked: sheet.save() },
        AppButton { quiet: true; text: qsTr("Cancel"); onClicked: sheet.close() }
    ]
}
