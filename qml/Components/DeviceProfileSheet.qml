import QtQuick
import Marea
import Marea.App

// What a device plays: formats, limits, what is made of the rest. For this device, or for each of its model.
Sheet {
    id: sheet
    required property DeviceViewModel device
    readonly property ProfileViewModel draft: device.draft
    objectName: "deviceProfile"
    title: qsTr("What %1 plays").arg(device.name)
    wide: 560
    first: name
    function ask(back) {
        device.editProfile()
        name.text = draft.name
        show(back)
    }
    function save() {
        if (draft.problem !== "") return
        device.keepProfile()
        close()
    }

    component Heading: Label { width: parent.width; topPadding: 4; color: Theme.secondary; font.pixelSize: Theme.tiny; weight: Font.Medium; Accessible.role: Accessible.Heading; Accessible.name: text }
    component Formats: Flow {
        id: formats
        property var entries: []
        width: parent.width
        spacing: 8
        Repeater {
            model: formats.entries.length   // they stay, with the keyboard on them, when one is chosen
            Chip {
                required property int index
                readonly property var entry: formats.entries[index] ?? {text: "", value: "", checked: false}
                text: entry.text
                checkable: true
                checked: entry.checked
                onClicked: { sheet.draft.toggle(entry.value); checked = Qt.binding(() => entry.checked) }
            }
        }
    }
    component Limits: Flow {
        id: limits
        property var entries: []
        property bool titled: false
        width: parent.width
        spacing: 8
        Repeater {
            model: limits.entries.length
            Chip {
                id: chip
                required property int index
                readonly property var entry: limits.entries[index] ?? {key: "", title: "", text: "", choices: []}
                text: limits.titled ? qsTr("%1: %2").arg(entry.title).arg(entry.text) : entry.text
                chevron: true
                Accessible.name: qsTr("%1: %2").arg(entry.title).arg(entry.text)
                onClicked: menu.openAt(chip, false)
                ChoiceMenu { id: menu; title: chip.entry.title; choices: chip.entry.choices; onChosen: (value) => sheet.draft.choose(chip.entry.key, value) }
            }
        }
    }

    Field { id: name; width: parent.width; placeholderText: qsTr("Name"); maximumLength: 100; onTextEdited: sheet.draft.name = text; onAccepted: sheet.save() }
    Heading { text: qsTr("Music") }
    Formats { entries: sheet.draft.music }
    Heading { text: qsTr("Films") }
    Formats { entries: sheet.draft.films }
    Formats { visible: sheet.draft.films.some(f => f.checked); entries: sheet.draft.files }
    Heading { text: qsTr("At most") }
    Limits { entries: sheet.draft.limits }
    Heading { text: qsTr("What it does not play") }
    Limits { entries: sheet.draft.makes; titled: true }
    Flow {
        width: parent.width
        spacing: 8
        Chip {
            text: qsTr("Reads playlists")
            checkable: true
            checked: sheet.draft.playlists
            onClicked: { sheet.draft.playlists = checked; checked = Qt.binding(() => sheet.draft.playlists) }
        }
        Chip {
            visible: sheet.draft.model !== ""
            text: qsTr("For every %1").arg(sheet.draft.model)
            checkable: true
            checked: sheet.draft.forModel
            onClicked: { sheet.draft.forModel = checked; checked = Qt.binding(() => sheet.draft.forModel) }
        }
    }
    Label {
        width: parent.width
        visible: text !== ""
        text: sheet.draft.problem
        color: Theme.error
        wrapMode: Text.Wrap
        elide: Text.ElideNone
        Accessible.role: Accessible.AlertMessage
        Accessible.name: text
    }
    buttons: [
        AppButton { primary: true; enabled: sheet.draft.problem === ""; text: qsTr("Save"); onClicked: sheet.save() },
        AppButton { quiet: true; text: qsTr("Cancel"); onClicked: sheet.close() },
        AppButton { quiet: true; visible: sheet.draft.own; text: qsTr("Back to Marea's own"); onClicked: { sheet.device.forgetProfile(); sheet.close() } }
    ]
}
