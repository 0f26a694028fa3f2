import QtQuick
import Marea
import Marea.App

// Why there is nothing to see yet, and the next step: wait for the scan, scan again, or add a folder.
QtObject {
    id: empty
    required property AppContext app
    readonly property LibrariesViewModel libraries: app.libraries
    readonly property bool reading: libraries.scanning
    readonly property bool here: app.session.here
    readonly property bool any: libraries.any
    readonly property string text: reading ? qsTr("The library is being read. Films and music appear here as they are found.")
                                 : any ? qsTr("There is nothing in the library's folders yet.")
                                 : here ? qsTr("There are no folders in this computer's library yet.") : qsTr("The server has no library yet.")
    readonly property string detail: reading ? libraries.progressText : any ? ""
                                   : here ? qsTr("Add one of films, series or music.")
                                   : app.session.owner ? qsTr("Add a folder of films, series or music on the server's computer.")
                                   : qsTr("Who owns the server can add a folder of films or music.")
    readonly property string actionText: reading || !app.session.owner ? "" : any ? qsTr("Scan again") : qsTr("Add a folder")
    function act() { any ? libraries.rescan() : app.navigator.go("settings", {section: here ? "computer" : "library"}) }
}
