import QtQuick
import Marea
import Marea.App

// Codes that were just made: shown this once, to be kept in a file.
Sheet {
    id: sheet
    required property AppContext app
    readonly property SellingViewModel selling: app.store.selling
    title: qsTr("New vouchers")
    wide: 440
    closePolicy: Sheet.NoAutoClose   // they are not shown again
    first: save
    onClosed: selling.putCodesAway()
    SaveFile { id: saver; folder: sheet.selling.folder }
    Label { width: parent.width; text: qsTr("They are shown this once. Keep them in a file before you close this."); color: Theme.secondary; wrapMode: Text.Wrap; elide: Text.ElideNone }
    TextBox { width: parent.width; readOnly: true; label: qsTr("Codes"); text: sheet.selling.codes.join("\n"); maximumLength: 100000; font.pixelSize: Theme.body }
    buttons: [
        AppButton { id: save; primary: true; iconName: "download"; text: qsTr("Save as CSV…"); onClicked: saver.ask(qsTr("Save the vouchers"), "vouchers.csv", (file) => sheet.selling.saveCodes(file)) },
        AppButton { quiet: true; text: qsTr("Close"); onClicked: sheet.close() }
    ]
}
